package dev.jangbu.sandbox.cards;

import dev.jangbu.sandbox.shop.Draw;
import java.time.LocalDate;
import java.util.List;

/**
 * A store and its customs.
 *
 * @param price its level against its trade's
 * @param opens hour of day; {@code closes} may pass midnight, as 26
 * @param closedOn the weekday it rests, 1 Monday to 7 Sunday; 0 for none
 * @param firstDay of the days drawn, counted from 0; most are there from the start to the end
 * @param canceledShare of its payments
 * @param regularShare of its payments are by people who come again
 */
record Store(
        long id,
        Trade trade,
        double price,
        double spread,
        double evening,
        int opens,
        int closes,
        double perDay,
        int closedOn,
        int firstDay,
        int lastDay,
        double canceledShare,
        double regularShare,
        double feeRate,
        String platform) {
    private static final List<Trade> TRADES = List.of(
            Trade.RESTAURANT,
            Trade.CAFE,
            Trade.CONVENIENCE,
            Trade.BAKERY,
            Trade.RESTAURANT,
            Trade.PHARMACY,
            Trade.BAR,
            Trade.CLOTHES,
            Trade.CAFE,
            Trade.BEAUTY);
    private static final List<String> PLATFORMS =
            List.of("VAN_NICE", "VAN_KICC", "VAN_KSNET", "POS_TOSS", "BAEMIN", "COUPANG_EATS");
    private static final double[] FEES = {0.005, 0.011, 0.0125, 0.015, 0.0205};
    private static final int EVENING = 17;
    private static final int DAY = 24;

    static Store of(long seed, long id, int days) {
        Draw draw = Draw.of(seed, "store", id);
        Trade trade = TRADES.get((int) ((id - 1) % TRADES.size()));
        boolean isOpenAlways = trade.closes() - trade.opens() == DAY;
        int opens = isOpenAlways ? 0 : trade.opens() + draw.below(3) - 1;
        int closes = isOpenAlways ? DAY : trade.closes() + draw.below(3) - 1;
        return new Store(
                id,
                trade,
                Chance.logNormal(draw, 1, 0.35),
                trade.spread() * (0.5 + 0.5 * draw.unit()),
                trade.evening() * (trade.evening() > 1 ? 0.85 + 0.3 * draw.unit() : 1),
                opens,
                closes,
                trade.perDay() * Chance.logNormal(draw, 0.5, 0.45),
                draw.chance(0.3) ? 1 + draw.below(2) : 0,
                draw.chance(0.03) ? days - 1 - draw.below(5) : 0,
                draw.chance(0.03) ? days * 2 / 3 : days - 1,
                0.004 + 0.03 * draw.unit(),
                0.2 + 0.5 * draw.unit(),
                FEES[draw.below(FEES.length)],
                draw.of(PLATFORMS));
    }

    boolean isOpen(int day, LocalDate date) {
        return day >= firstDay && day <= lastDay && date.getDayOfWeek().getValue() != closedOn;
    }

    boolean hasHours() {
        return closes - opens < DAY;
    }

    boolean hasDearEvenings() {
        return evening > 1;
    }

    /** How many payments such a day brings on average, before the whole is scaled. */
    double expected(LocalDate date, double noise) {
        return perDay * trade.shape(date.getDayOfWeek().getValue()) * noise;
    }

    /** One of its hours; 25 is one in the night after. */
    int hour(Draw draw) {
        double left = draw.unit() * weight();
        int hour = opens;
        while (hour < closes - 1 && left >= trade.weight(hour)) {
            left -= trade.weight(hour++);
        }
        return hour;
    }

    /** What half the payments of that hour stay below. */
    double median(int hour) {
        return trade.ticket() * price * (hour >= EVENING ? evening : 1);
    }

    long amount(int hour, Draw draw) {
        return rounded(Chance.logNormal(draw, median(hour), spread));
    }

    /** The mean of its payments, in the long run. */
    double mean() {
        double sum = 0;
        for (int hour = opens; hour < closes; hour++) {
            sum += trade.weight(hour) * median(hour);
        }
        return sum / weight() * StrictMath.exp(spread * spread / 2);
    }

    /** In prices as it has them. */
    long rounded(double amount) {
        return Math.max(1, Math.round(amount / trade.unit())) * trade.unit();
    }

    private double weight() {
        double sum = 0;
        for (int hour = opens; hour < closes; hour++) {
            sum += trade.weight(hour);
        }
        return sum;
    }
}
