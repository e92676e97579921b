package dev.jangbu.extract.cafe24;

import org.jspecify.annotations.Nullable;

/** What is told apart by the shop of the mall that it is of. */
interface OfShop {
    /** As the platform says; null where it does not. */
    @Nullable
    String shopNo();
}
