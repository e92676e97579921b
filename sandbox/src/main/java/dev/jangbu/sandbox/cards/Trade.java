package dev.jangbu.sandbox.cards;

/** What a store does for a living: what it takes, when, and on which days. */
enum Trade {
    RESTAURANT(13_000, 0.34, 500, 2.1, 11, 22, 45, 1.25, 1.05),
    CAFE(6_500, 0.30, 500, 1.0, 8, 22, 60, 1.10, 1.00),
    CONVENIENCE(6_000, 0.45, 50, 1.0, 0, 24, 70, 1.00, 0.95),
    BAKERY(10_500, 0.35, 100, 1.0, 7, 21, 45, 1.20, 1.10),
    PHARMACY(9_000, 0.42, 100, 1.0, 9, 19, 35, 0.60, 0.15),
    BAR(44_000, 0.38, 1_000, 1.0, 17, 26, 22, 1.45, 0.80),
    CLOTHES(46_000, 0.45, 1_000, 1.0, 11, 21, 16, 1.60, 1.50),
    BEAUTY(52_000, 0.33, 1_000, 1.0, 10, 20, 13, 1.50, 0.90);

    private final double ticket;
    private final double spread;
    private final int unit;
    private final double evening;
    private final int opens;
    private final int closes;
    private final double perDay;
    private final double saturday;
    private final double sunday;

    /**
     * @param ticket the usual payment, won
     * @param spread of its logarithm
     * @param unit prices end with it
     * @param evening how much dearer the evening is
     * @param opens hour of day; {@code closes} may pass midnight, as 26
     * @param saturday against a weekday
     */
    Trade(
            double ticket,
            double spread,
            int unit,
            double evening,
            int opens,
            int closes,
            double perDay,
            double saturday,
            double sunday) {
        this.ticket = ticket;
        this.spread = spread;
        this.unit = unit;
        this.evening = evening;
        this.opens = opens;
        this.closes = closes;
        this.perDay = perDay;
        this.saturday = saturday;
        this.sunday = sunday;
    }

    double ticket() {
        return ticket;
    }

    double spread() {
        return spread;
    }

    int unit() {
        return unit;
    }

    double evening() {
        return evening;
    }

    int opens() {
        return opens;
    }

    int closes() {
        return closes;
    }

    double perDay() {
        return perDay;
    }

    /** @param weekday 1 Monday to 7 Sunday */
    double shape(int weekday) {
        return switch (weekday) {
            case 5 -> 1.12;
            case 6 -> saturday;
            case 7 -> sunday;
            default -> 1.0;
        };
    }

    /** How the day's payments fall on an hour: noon and evening stand out. */
    double weight(int hour) {
        double noon = Math.max(0, 1 - Math.abs(hour - 12) / 2.0);
        double night = Math.max(0, 1 - Math.abs(hour - 19) / 3.0);
        return 1 + 2 * noon + (this == BAR ? 0.5 : 1.5) * night;
    }
}
