package dev.jangbu.mart.sales;

import java.math.BigDecimal;

/** What was sold of a product in the month so far, on one channel. */
record ProductSales(
        String name, Channel channel, long units, BigDecimal gross, BigDecimal restated, long cancels, long returns) {}
