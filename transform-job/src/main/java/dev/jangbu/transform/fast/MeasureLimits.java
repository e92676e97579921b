package dev.jangbu.transform.fast;

import dev.jangbu.transform.contract.Contract;
import dev.jangbu.transform.contract.Limits;
import dev.jangbu.transform.contract.Measure;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** A contract's limits of one measure as plain numbers; those of money in hundredths. */
record MeasureLimits(long min, long max) {
    private static final int MONEY_DECIMALS = 2;

    static MeasureLimits of(Contract contract, Measure measure) {
        Limits limits = contract.limits(measure);
        int scale = measure.isWhole() ? 0 : MONEY_DECIMALS;
        return new MeasureLimits(
                scaled(limits.min(), scale, RoundingMode.CEILING), scaled(limits.max(), scale, RoundingMode.FLOOR));
    }

    /** The greatest whole number of hundredths that is not more. */
    static long hundredths(BigDecimal amount) {
        return scaled(amount, MONEY_DECIMALS, RoundingMode.FLOOR);
    }

    boolean contains(long value) {
        return value >= min && value <= max;
    }

    private static long scaled(BigDecimal limit, int scale, RoundingMode rounding) {
        return limit.setScale(scale, rounding)
                .unscaledValue()
                .min(java.math.BigInteger.valueOf(Long.MAX_VALUE))
                .longValueExact();
    }
}
