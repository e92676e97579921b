package dev.jangbu.search.anomalies;

import java.math.BigDecimal;
import java.time.LocalDate;

/** How many sales a day had, and how many of them do not fit; a sale that breaks two rules counts once. */
public record DayCount(
        LocalDate saleDate, long sales, BigDecimal amount, long anomalousSales, BigDecimal anomalousAmount) {}
