package dev.jangbu.transform.cards;

import dev.jangbu.transform.check.EventTime;
import dev.jangbu.transform.records.Findings;
import dev.jangbu.transform.records.LineScanner;
import dev.jangbu.transform.records.RecordCheck;
import dev.jangbu.transform.records.RecordContract;
import dev.jangbu.transform.records.Row;
import dev.jangbu.transform.records.Shop;
import dev.jangbu.transform.reject.RawLine;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads a sale's line in the order in which a database's are landed. The row is the one {@link CardSales} makes of it, byte
 * for byte; what that would not take, or not in these words, it does not take either. Of one thread.
 */
final class SaleScanner implements LineScanner {
    private static final byte[] HEAD = bytes("{\"observed_at\":\"");
    private static final byte[] RECORD = bytes("\",\"record\":{\"id\":");
    private static final byte[] CREATED = name("created");
    private static final byte[] MODIFIED = name("modified");
    private static final byte[] REMARK = name("remark");
    private static final byte[] NUM_APPROVAL = name("num_approval");
    private static final byte[] CARD_COMPANY = name("card_company");
    private static final byte[] CARD_CATEGORY = name("card_category");
    private static final byte[] CARD_NUMBER = name("card_number");
    private static final byte[] CARD_KEY = name("card_key");
    private static final byte[] AMOUNT_SALE = name("amount_sale");
    private static final byte[] AMOUNT_FEE = name("amount_fee");
    private static final byte[] AMOUNT_DEPOSIT = name("amount_deposit");
    private static final byte[] IS_CANCELED = name("is_canceled");
    private static final byte[] SOLD_AT = name("sold_at");
    private static final byte[] WILL_DEPOSITED_AT = name("will_deposited_at");
    private static final byte[] RAW_DATA = name("raw_data");
    private static final byte[] PLATFORM = name("platform");
    private static final byte[] DAILY_SALE_ID = name("daily_sale_id");
    private static final byte[] STORE_ID = name("store_id");
    private static final byte[] RESULT_CODE = name("result_code");
    private static final byte[] RESULT_MSG = name("result_msg");
    private static final byte[] EXTRA_PAYMENT_ID = name("extra_payment_id");
    private static final byte[] DETAIL_STATUS = name("detail_status");
    private static final byte[] PROCESSING_STATUS = name("processing_status");
    private static final byte[] END = bytes("}}");

    private final Shop shop;
    private final CardSales sales;
    private final long largestAmount;
    private final byte[] account;
    private final SaleBytes row = new SaleBytes();
    private final SaleLine line;
    private final MessageDigest digest = RawLine.newDigest();
    private byte[] observed = new byte[0];
    private byte[] observedAt = new byte[0];

    SaleScanner(Shop shop, RecordContract contract, CardSales sales) {
        this.shop = shop;
        this.sales = sales;
        this.largestAmount = contract.largestAmount().longValue();
        this.account = bytes(shop.accountId());
        this.line = new SaleLine(new SaleDays(shop.calendar().zone(), contract.firstYear(), contract.lastYear()), row);
    }

    @Override
    public @Nullable Scanned scan(byte[] bytes) {
        row.clear();
        line.begin(bytes);
        if (!readObserved(bytes)) {
            return null;
        }
        row.add(account);
        row.add(',');
        long id = line.number();
        expect(CREATED);
        long created = line.time();
        expect(MODIFIED);
        long modified = line.time();
        readCard();
        Findings findings = new Findings();
        boolean isUsual = readAmounts(findings);
        expect(IS_CANCELED);
        if (!line.flag()) {
            findings.passOver(RecordCheck.CANCELED_AFTER_CREATED);
        } else {
            isUsual &= modified > created;
        }
        readRest();
        if (!isUsual || !line.isRead()) {
            return null;
        }
        sales.askInOrder(findings, id, modified);
        return new Scanned(CardTables.SALE, finished(), findings);
    }

    /** The rows of a snapshot have one time: it is read once. */
    private boolean readObserved(byte[] bytes) {
        line.expect(HEAD);
        int start = line.at();
        line.skipText();
        int end = line.at();
        line.expect(RECORD);
        if (line.isUnusual()) {
            return false;
        }
        if (!Arrays.equals(bytes, start, end, observed, 0, observed.length)) {
            Optional<Instant> instant = EventTime.parse(
                    new String(bytes, start, end - start, StandardCharsets.UTF_8),
                    shop.calendar().zone());
            if (instant.isEmpty()) {
                return false;
            }
            observed = Arrays.copyOfRange(bytes, start, end);
            observedAt = bytes(Row.told(instant.get()));
        }
        return true;
    }

    private void readCard() {
        expect(REMARK);
        line.freeText();
        expect(NUM_APPROVAL);
        line.text();
        expect(CARD_COMPANY);
        line.text();
        expect(CARD_CATEGORY);
        line.text();
        expect(CARD_NUMBER);
        line.maskedNumber();
        expect(CARD_KEY);
        line.key();
    }

    /** Whether they are in order. */
    private boolean readAmounts(Findings findings) {
        expect(AMOUNT_SALE);
        long sale = line.amount();
        expect(AMOUNT_FEE);
        long fee = line.amountOrNull();
        expect(AMOUNT_DEPOSIT);
        long deposit = line.amountOrNull();
        if (fee < 0 || deposit < 0) {
            findings.passOver(RecordCheck.AMOUNT_SUM);
        } else if (Math.abs(sale - fee - deposit) > 1) {
            return false;
        }
        return Math.max(sale, Math.max(fee, deposit)) <= largestAmount;
    }

    private void readRest() {
        expect(SOLD_AT);
        line.time();
        SaleDays.Day soldOn = line.day();
        expect(WILL_DEPOSITED_AT);
        line.timeOrNull();
        expect(RAW_DATA);
        line.freeText();
        expect(PLATFORM);
        line.text();
        expect(DAILY_SALE_ID);
        line.numberOrNull();
        expect(STORE_ID);
        line.number();
        expect(RESULT_CODE);
        line.text();
        expect(RESULT_MSG);
        line.text();
        expect(EXTRA_PAYMENT_ID);
        line.text();
        expect(DETAIL_STATUS);
        line.text();
        expect(PROCESSING_STATUS);
        line.text();
        line.expect(END);
        if (!line.isUnusual()) {
            row.add(',');
            row.add(soldOn.text());
        }
    }

    /** With the hash of what it says and the time it was read. */
    private byte[] finished() {
        row.add('\n');
        digest.update(row.content(), 0, row.length());
        row.cut(1);
        row.add(',');
        row.addHex(digest.digest());
        row.add(',');
        row.add(observedAt);
        row.add('\n');
        return row.copy();
    }

    /** The name of the next value, and the end of the last. */
    private void expect(byte[] name) {
        line.expect(name);
        row.add(',');
    }

    private static byte[] name(String name) {
        return bytes(",\"" + name + "\":");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
