package dev.jangbu.sandbox.account;

import dev.jangbu.sandbox.shop.Shop;
import java.util.Set;

/**
 * A Naver application.
 *
 * @param clientSecret a bcrypt salt
 * @param sellerId for tokens of type SELLER
 * @param addresses from which it may be called
 */
public record SmartStore(String clientId, String clientSecret, String sellerId, Set<String> addresses, Shop shop) {
    public SmartStore {
        addresses = Set.copyOf(addresses);
    }
}
