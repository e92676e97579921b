package dev.jangbu.sandbox.cards;

import java.util.List;

/**
 * A card by its place among all; no two look the same behind their mask.
 *
 * @param place from 0, below {@link #MOST}
 */
record Card(int place) {
    private static final List<String> COMPANIES =
            List.of("신한카드", "삼성카드", "KB국민카드", "현대카드", "롯데카드", "하나카드", "우리카드", "NH농협카드", "BC카드");
    private static final int BINS_PER_COMPANY = 12;
    private static final int BINS = COMPANIES.size() * BINS_PER_COMPANY;
    private static final int ENDS = 10_000;
    private static final int SPREADING = 7_919;

    static final int MOST = BINS * ENDS;

    private int bin() {
        return place % BINS;
    }

    String company() {
        return COMPANIES.get(bin() / BINS_PER_COMPANY);
    }

    String category() {
        return switch (bin() % 6) {
            case 0, 1 -> "체크";
            case 2 -> "법인";
            default -> "신용";
        };
    }

    /** As {@code 5310-12**-****-3456}. */
    String masked() {
        String first = first();
        return first.substring(0, 4) + "-" + first.substring(4) + "**-****-" + last();
    }

    /** All sixteen digits, as they should never be passed on; the last fits the others. */
    String digits() {
        // The check digit is settled by the middle, so that what the mask shows stays.
        for (int middle = 0; ; middle++) {
            String number = first() + String.format("%06d", middle) + last();
            if (isWhole(number)) {
                return number;
            }
        }
    }

    private String first() {
        return String.valueOf(400_000 + bin() * 1_373);
    }

    private String last() {
        return String.format("%04d", (int) ((long) (place / BINS) * SPREADING % ENDS));
    }

    /** By Luhn's sum. */
    private static boolean isWhole(String number) {
        int sum = 0;
        for (int i = 0; i < number.length(); i++) {
            int digit = number.charAt(number.length() - 1 - i) - '0';
            int twice = digit * 2;
            sum += i % 2 == 0 ? digit : twice > 9 ? twice - 9 : twice;
        }
        return sum % 10 == 0;
    }
}
