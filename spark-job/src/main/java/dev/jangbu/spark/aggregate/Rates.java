package dev.jangbu.spark.aggregate;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.nullif;
import static org.apache.spark.sql.functions.round;

import java.math.BigDecimal;
import org.apache.spark.sql.Column;

/** Shares as the marts tell them: percent with two decimals, NULL where there is nothing to share. */
final class Rates {
    private static final int DECIMALS = 2;
    private static final String TYPE = "DECIMAL(14, 2)";

    private Rates() {}

    static Column percent(String part, String whole) {
        Column share = lit(new BigDecimal("100.0")).multiply(col(part)).divide(nullif(col(whole), lit(0L)));
        return round(share, DECIMALS).cast(TYPE);
    }
}
