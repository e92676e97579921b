package dev.jangbu.transform.check;

import dev.jangbu.transform.contract.Contract;
import dev.jangbu.transform.contract.Limits;
import dev.jangbu.transform.contract.Measure;
import java.math.BigDecimal;
import tools.jackson.databind.JsonNode;

/** Numbers within a contract's limits: counts are whole, money has at most two decimals. */
final class NumberRange {
    private static final int DECIMALS = 2;

    private final Contract contract;

    NumberRange(Contract contract) {
        this.contract = contract;
    }

    /** @param name of the value in the reason */
    void check(String name, Measure measure, JsonNode value, Problems problems) {
        if (!value.isNumber()) {
            problems.add(name + ": " + shown(value), "a number");
            return;
        }
        BigDecimal number = value.decimalValue();
        Limits limits = contract.limits(measure);
        if (!limits.contains(number)) {
            problems.add(name + ": " + Shown.value(value), limits.toString());
        } else if (decimals(number) > (measure.isWhole() ? 0 : DECIMALS)) {
            problems.add(name + ": " + Shown.value(value), measure.isWhole() ? "a whole number" : "at most 2 decimals");
        }
    }

    /** Decimals after the point that are not 0 at the end; 1.0 is whole. */
    static int decimals(BigDecimal number) {
        return number.scale() <= 0 ? 0 : Math.max(0, number.stripTrailingZeros().scale());
    }

    private static String shown(JsonNode value) {
        return value.isString() ? "text" : Shown.value(value);
    }
}
