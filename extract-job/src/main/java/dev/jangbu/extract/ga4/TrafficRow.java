package dev.jangbu.extract.ga4;

import java.math.BigDecimal;
import tools.jackson.databind.PropertyNamingStrategies.LowerCamelCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * A day's visits from one place, with GA4's names.
 *
 * @param date as GA4 writes it: {@code 20260302}
 * @param totalUsers not to be summed: who came twice is one
 * @param purchaseRevenue in the property's currency
 * @param approximate whether Google left something out: rows beyond its limit, small counts, or a sample only
 */
@JsonNaming(LowerCamelCaseStrategy.class)
record TrafficRow(
        String date,
        String sessionDefaultChannelGroup,
        String sessionSource,
        String sessionMedium,
        BigDecimal sessions,
        BigDecimal totalUsers,
        BigDecimal ecommercePurchases,
        BigDecimal purchaseRevenue,
        boolean approximate) {}
