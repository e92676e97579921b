package dev.jangbu.sandbox.account;

import dev.jangbu.sandbox.shop.Coupon;
import dev.jangbu.sandbox.shop.Order;
import dev.jangbu.sandbox.shop.Shop;

/**
 * A Cafe24 mall.
 *
 * @param quotaCalls in ten minutes
 * @param isClamping a limit or offset above the cap is cut to it in silence, in place of being refused
 * @param shops how many it has, numbered from 1: each with orders and coupons of its own, and with its own names and
 *     prices of the mall's products and categories
 */
public record Mall(String mallId, Shop shop, int quotaCalls, boolean isClamping, int shops) {
    /** The number of the shop in which an order was made: that of its coupon, if it has one. Imports are in the first. */
    public int shopOf(Order order) {
        if (order.marketOrderId() != null) {
            return 1;
        }
        Coupon coupon = order.coupon();
        return coupon == null ? 1 + Math.floorMod(order.id().hashCode(), shops) : shopOf(coupon);
    }

    /** The number of the shop that issues a coupon. */
    public int shopOf(Coupon coupon) {
        return 1 + Math.floorMod(coupon.number().hashCode(), shops);
    }
}
