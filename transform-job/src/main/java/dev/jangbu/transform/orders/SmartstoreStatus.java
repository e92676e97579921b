package dev.jangbu.transform.orders;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * SmartStore's {@code productOrderStatus} with its claim: a final state stands, before it an open claim counts, before that
 * the state of the delivery.
 */
final class SmartstoreStatus {
    private static final Map<String, ItemStatus> FINAL = Map.of(
            "PURCHASE_DECIDED", ItemStatus.CONFIRMED,
            "EXCHANGED", ItemStatus.EXCHANGED,
            "CANCELED", ItemStatus.CANCELED,
            "RETURNED", ItemStatus.RETURNED,
            "CANCELED_BY_NOPAYMENT", ItemStatus.CANCELED);
    private static final Map<String, ItemStatus> OPEN = Map.of(
            "PAYMENT_WAITING", ItemStatus.PENDING_PAYMENT,
            "PAYED", ItemStatus.PAID,
            "DELIVERING", ItemStatus.SHIPPING,
            "DELIVERED", ItemStatus.DELIVERED);
    private static final Set<String> REQUESTED = Set.of(
            "CANCEL_REQUEST",
            "CANCELING",
            "ADMIN_CANCELING",
            "RETURN_REQUEST",
            "EXCHANGE_REQUEST",
            "COLLECTING",
            "COLLECT_DONE",
            "EXCHANGE_REDELIVERING");
    private static final Set<String> DONE = Set.of("CANCEL_DONE", "RETURN_DONE", "EXCHANGE_DONE", "ADMIN_CANCEL_DONE");
    private static final Set<String> REJECTED =
            Set.of("CANCEL_REJECT", "RETURN_REJECT", "EXCHANGE_REJECT", "ADMIN_CANCEL_REJECT");
    private static final Set<String> HOLD =
            Set.of("PURCHASE_DECISION_HOLDBACK", "PURCHASE_DECISION_REQUEST", "PURCHASE_DECISION_HOLDBACK_RELEASE");

    private SmartstoreStatus() {}

    static StatusReading read(
            String status, @Nullable String place, @Nullable String claimType, @Nullable String claimStatus) {
        Claim.@Nullable State state = state(claimStatus);
        Claim.@Nullable Type type = type(claimType, claimStatus);
        if (claimStatus != null && (state == null || type == null)) {
            return StatusReading.unknown();
        }
        Claim claim = claimStatus == null ? Claim.NONE : new Claim(type, state);
        ItemStatus ended = FINAL.get(status);
        if (ended != null) {
            StatusReading reading = StatusReading.of(ended, claim);
            return status.equals("CANCELED_BY_NOPAYMENT") ? reading.neverPaid() : reading;
        }
        ItemStatus base = base(status, place);
        if (base == null) {
            return StatusReading.unknown();
        }
        return StatusReading.of(claim.is(Claim.State.REQUESTED) ? requested(claim, base) : base, claim);
    }

    /** The words in one, as they are kept. */
    static String raw(String status, @Nullable String place, @Nullable String claimType, @Nullable String claimStatus) {
        String delivery = "PAYED".equals(status) && place != null ? status + "/" + place : status;
        return claimStatus == null ? delivery : delivery + "/" + claimType + "/" + claimStatus;
    }

    private static @Nullable ItemStatus base(String status, @Nullable String place) {
        ItemStatus base = OPEN.get(status);
        return base == ItemStatus.PAID && "OK".equals(place) ? ItemStatus.PREPARING : base;
    }

    private static ItemStatus requested(Claim claim, ItemStatus base) {
        Claim.@Nullable Type type = claim.type();
        if (type == null) {
            return base;
        }
        return switch (type) {
            case CANCEL -> ItemStatus.CANCEL_REQUESTED;
            case RETURN -> ItemStatus.RETURN_REQUESTED;
            case EXCHANGE -> ItemStatus.EXCHANGE_REQUESTED;
            case HOLDBACK -> base;
        };
    }

    private static Claim.@Nullable State state(@Nullable String claimStatus) {
        if (claimStatus == null) {
            return null;
        }
        if (REQUESTED.contains(claimStatus)) {
            return Claim.State.REQUESTED;
        }
        if (DONE.contains(claimStatus)) {
            return Claim.State.DONE;
        }
        if (REJECTED.contains(claimStatus)) {
            return Claim.State.REJECTED;
        }
        return HOLD.contains(claimStatus) ? Claim.State.HOLD : null;
    }

    /** Where the type is not told, the status names it. */
    private static Claim.@Nullable Type type(@Nullable String claimType, @Nullable String claimStatus) {
        String told = claimType == null ? String.valueOf(claimStatus) : claimType;
        if (told.startsWith("CANCEL") || told.startsWith("ADMIN_CANCEL")) {
            return Claim.Type.CANCEL;
        }
        if (told.startsWith("RETURN")) {
            return Claim.Type.RETURN;
        }
        if (told.startsWith("EXCHANGE")) {
            return Claim.Type.EXCHANGE;
        }
        return told.startsWith("PURCHASE_DECISION") ? Claim.Type.HOLDBACK : null;
    }
}
