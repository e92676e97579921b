package dev.jangbu.transform.orders;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Cafe24's {@code order_status} codes. */
final class Cafe24Status {
    /** The line that is sent in exchange for another; its price is in that one. */
    static final String EXCHANGE_OUT = "N01";

    private static final Map<String, ItemStatus> STATUSES = statuses();
    private static final Set<String> NEVER_PAID = Set.of("C47", "C48", "C49");
    private static final Set<String> REJECTED = Set.of("C11", "R11", "E11");
    private static final Set<String> ON_HOLD = Set.of("C36", "R12", "R36", "E12", "E36");

    private Cafe24Status() {}

    /** @param before the code before the claim, which a refused claim goes back to; null where it is not told */
    static StatusReading read(String code, @Nullable String before) {
        if (REJECTED.contains(code)) {
            Claim refused = new Claim(type(code), Claim.State.REJECTED);
            ItemStatus base = before == null ? null : STATUSES.get(before);
            return StatusReading.of(base == null ? ItemStatus.UNKNOWN : base, refused);
        }
        ItemStatus status = STATUSES.get(code);
        if (status == null) {
            return StatusReading.unknown();
        }
        StatusReading reading = StatusReading.of(status, claim(code, status));
        return NEVER_PAID.contains(code) ? reading.neverPaid() : reading;
    }

    private static Claim claim(String code, ItemStatus status) {
        Claim.Type type = type(code);
        if (type == null) {
            return Claim.NONE;
        }
        boolean isDone = status.isVoid() || status == ItemStatus.EXCHANGED;
        Claim.State open = ON_HOLD.contains(code) ? Claim.State.HOLD : Claim.State.REQUESTED;
        return new Claim(type, isDone ? Claim.State.DONE : open);
    }

    private static Claim.@Nullable Type type(String code) {
        return switch (code.charAt(0)) {
            case 'C' -> Claim.Type.CANCEL;
            case 'R' -> Claim.Type.RETURN;
            case 'E' -> Claim.Type.EXCHANGE;
            default -> null;
        };
    }

    private static Map<String, ItemStatus> statuses() {
        Map<String, ItemStatus> statuses = new HashMap<>();
        put(statuses, ItemStatus.PENDING_PAYMENT, "N00", "N02", "N03");
        put(statuses, ItemStatus.PAID, "N10");
        put(statuses, ItemStatus.PREPARING, "N20", "N21", "N22");
        put(statuses, ItemStatus.SHIPPING, "N30");
        put(statuses, ItemStatus.DELIVERED, "N40");
        put(statuses, ItemStatus.CONFIRMED, "N50");
        put(statuses, ItemStatus.CANCEL_REQUESTED, "C00", "C10", "C34", "C36");
        put(statuses, ItemStatus.CANCELED, "C35", "C40", "C41", "C42", "C43", "C47", "C48", "C49");
        put(statuses, ItemStatus.RETURN_REQUESTED, "R00", "R10", "R12", "R13", "R20", "R30", "R31", "R34", "R36");
        put(statuses, ItemStatus.RETURNED, "R40", "R41", "R42", "R43");
        put(statuses, ItemStatus.EXCHANGE_REQUESTED, EXCHANGE_OUT, "E00", "E10", "E12", "E13", "E20");
        put(statuses, ItemStatus.EXCHANGE_REQUESTED, "E30", "E31", "E32", "E33", "E34", "E35", "E36");
        put(statuses, ItemStatus.EXCHANGED, "E40");
        return Collections.unmodifiableMap(statuses);
    }

    private static void put(Map<String, ItemStatus> statuses, ItemStatus status, String... codes) {
        for (String code : codes) {
            statuses.put(code, status);
        }
    }
}
