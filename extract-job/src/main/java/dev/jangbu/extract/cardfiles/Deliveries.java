package dev.jangbu.extract.cardfiles;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Which payments were landed. In one delivery the same may be said twice, and is two payments; said again in another
 * delivery it is one of those that are known. Rows of a delivery stand together. Memory grows with the rows. Of one thread.
 */
final class Deliveries {
    private final Map<Long, Said> known = new HashMap<>();

    private static final class Said {
        private String delivery = "";
        private int inDelivery;
        private int landed;
    }

    /** The payment's id; empty where an earlier delivery has it. */
    OptionalLong take(String delivery, long content) {
        Said said = known.computeIfAbsent(content, first -> new Said());
        if (!said.delivery.equals(delivery)) {
            said.delivery = delivery;
            said.inDelivery = 0;
        }
        said.inDelivery++;
        if (said.inDelivery <= said.landed) {
            return OptionalLong.empty();
        }
        said.landed = said.inDelivery;
        return OptionalLong.of(ContentIds.ofOrdinal(content, said.inDelivery));
    }
}
