package dev.jangbu.search.sales;

import dev.jangbu.search.http.Parameters;
import dev.jangbu.search.http.ProblemException;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which sales are asked for; null where it does not matter.
 *
 * @param cardKey of one card
 * @param cardNumber a masked number, which several cards may share
 * @param from first day
 * @param to last day
 * @param text whose parts, parted by blanks, are all to be found in remark, company and result message; or how an approval
 *     number begins
 */
public record SaleFilter(
        @Nullable Long storeId,
        @Nullable String cardKey,
        @Nullable String cardNumber,
        @Nullable String company,
        @Nullable LocalDate from,
        @Nullable LocalDate to,
        @Nullable BigDecimal least,
        @Nullable BigDecimal most,
        @Nullable String text,
        @Nullable Boolean isCanceled) {
    /** What a request may ask by. */
    public static final List<String> PARAMETERS =
            List.of("store_id", "card", "company", "from", "to", "min", "max", "q", "canceled", "limit", "cursor");

    private static final Pattern KEY = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern MASKED = Pattern.compile("[0-9*-]{8,32}");
    private static final Pattern APPROVAL = Pattern.compile("[0-9A-Za-z-]{4,32}");

    /** @throws ProblemException for what cannot be asked */
    public static SaleFilter of(Parameters parameters) {
        Long storeId = parameters.number("store_id");
        String card = parameters.text("card");
        LocalDate from = parameters.day("from");
        LocalDate to = parameters.day("to");
        parameters.requireOrder(from, to);
        BigDecimal least = parameters.amount("min");
        BigDecimal most = parameters.amount("max");
        if (least != null && most != null && most.compareTo(least) < 0) {
            throw ProblemException.badValue("max", most.toPlainString(), least.toPlainString() + " or more");
        }
        boolean isKey = card != null && KEY.matcher(card).matches();
        if (card != null && !isKey) {
            requireMasked(card, storeId);
        }
        return new SaleFilter(
                storeId,
                isKey ? card : null,
                isKey ? null : card,
                parameters.text("company"),
                from,
                to,
                least,
                most,
                parameters.text("q"),
                parameters.yesOrNo("canceled"));
    }

    /** A masked number is not indexed: within a store there are few enough rows to look through. */
    private static void requireMasked(String card, @Nullable Long storeId) {
        if (!MASKED.matcher(card).matches() || storeId == null) {
            throw ProblemException.badValue(
                    "card",
                    card,
                    "a card_key of 64 hexadecimal digits, or with store_id a masked number such as 5310-12**-****-3456");
        }
    }

    /** The text may be the beginning of an approval number. */
    boolean mayBeApproval() {
        return text != null && APPROVAL.matcher(text).matches();
    }
}
