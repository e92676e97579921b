package dev.jangbu.search.anomalies;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A sale that does not fit, by one rule.
 *
 * @param id account, sale and rule, as routes name it
 * @param score how far it is from what is usual, in the rule's own measure
 * @param scoreUnit what it counts: times, nth, z, approvals or hours
 * @param expected what would have been usual, in the rule's own unit
 * @param expectedUnit what that counts: won, payments, approvals, cancellations or hour_of_day
 * @param state open, confirmed or dismissed
 * @param reviewedBy who decided last; null while it is open
 */
public record Anomaly(
        String id,
        String accountId,
        long saleId,
        String rule,
        long storeId,
        OffsetDateTime soldAt,
        LocalDate saleDate,
        BigDecimal amountSale,
        @Nullable BigDecimal score,
        String scoreUnit,
        @Nullable BigDecimal expected,
        String expectedUnit,
        JsonNode evidence,
        String state,
        @Nullable String reviewedBy,
        @Nullable OffsetDateTime reviewedAt,
        @Nullable String note,
        @Nullable OffsetDateTime firstSeenAt) {}
