package dev.jangbu.sandbox.shop;

import java.time.Instant;

/** A product at a time. */
public record ProductState(
        long price, long stock, boolean isDisplayed, boolean isSelling, Instant updatedAt, int reviews) {
    public boolean isSoldOut() {
        return stock == 0;
    }
}
