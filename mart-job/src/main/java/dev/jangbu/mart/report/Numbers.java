package dev.jangbu.mart.report;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Numbers as people read them: thousands separated, rates never rounded up, a dash where there is none. */
public final class Numbers {
    /** What stands where there is no number. */
    public static final String NONE = "–";

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    /** Profiles whose amounts are won; those of other profiles are shown without a currency. */
    private static final Set<String> WON_PROFILES = Set.of("default");

    private Numbers() {}

    public static String count(@Nullable Long number) {
        return number == null ? NONE : String.format(Locale.ROOT, "%,d", number);
    }

    /** {@code 12,345원} for a profile in won, else {@code 12,345.67} with decimals only where there are any. */
    public static String money(@Nullable BigDecimal amount, String profile) {
        if (amount == null) {
            return NONE;
        }
        int decimals = Math.max(0, amount.stripTrailingZeros().scale()) == 0 ? 0 : 2;
        String number = String.format(Locale.ROOT, "%,." + decimals + "f", amount);
        return isWon(profile) ? number + "원" : number;
    }

    public static boolean isWon(String profile) {
        return WON_PROFILES.contains(profile);
    }

    /** A share as percent, cut and not rounded: 0.98996 with two decimals is {@code 98.99}. */
    public static String percent(BigDecimal share, int decimals) {
        return share.multiply(HUNDRED).setScale(decimals, RoundingMode.FLOOR).toPlainString();
    }

    /** A share as percent with no more decimals than it needs: {@code 99}, {@code 99.5}. */
    public static String shortPercent(BigDecimal share) {
        return share.multiply(HUNDRED).stripTrailingZeros().toPlainString();
    }
}
