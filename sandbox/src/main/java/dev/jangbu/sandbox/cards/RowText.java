package dev.jangbu.sandbox.cards;

import dev.jangbu.sandbox.shop.Draw;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes a row as a line for {@code LOAD DATA}: its columns between tabs, NULL as {@code \N}. */
final class RowText {
    private static final List<String> REMARKS =
            List.of("배달", "포장", "단체", "예약 결제", "상품권 일부", "현금영수증 아님", "직원 할인", "재방문");
    private static final int REMARKED = 12;
    /** Of so many rows, one tells its card in its raw data: somebody forgot the mask. */
    private static final int UNMASKED = 20_000;

    private final StringBuilder text;

    RowText(StringBuilder text) {
        this.text = text;
    }

    void append(long id, Sale sale) {
        Draw draw = Draw.of(sale.salt());
        Store store = sale.store();
        String approval = String.valueOf(10_000_000 + draw.below(90_000_000));
        text.append(id);
        time(sale.created());
        time(sale.modified());
        field(draw.below(REMARKED) == 0 ? draw.of(REMARKS) : null);
        field(approval);
        field(sale.card().company());
        field(sale.card().category());
        field(sale.card().masked());
        amounts(sale, store, draw);
        field(sale.isCanceled() ? "1" : "0");
        time(sale.soldAt());
        time(sale.depositAt());
        raw(sale, approval, draw);
        field(store.platform());
        number(draw.below(50) == 0 ? null : dailySale(store, sale));
        number(store.id());
        field("0000");
        field(sale.isCanceled() ? "취소완료" : "정상승인");
        field(isDelivered(store) ? store.platform().charAt(0) + Long.toHexString(draw.next()) : null);
        field(sale.isCanceled() ? "CANCELED" : "APPROVED");
        field(sale.isCanceled() ? "WITHDRAWN" : sale.isSettled() ? "DEPOSITED" : "WAITING");
        text.append('\n');
    }

    /** Fee and deposit, once they are known; they may be a won off together. */
    private void amounts(Sale sale, Store store, Draw draw) {
        number(sale.amount());
        if (!sale.isSettled()) {
            number(null);
            number(null);
            return;
        }
        long fee = Math.round(sale.amount() * store.feeRate());
        number(fee);
        number(sale.amount() - fee - (draw.below(40) == 0 ? 1 : 0));
    }

    private void raw(Sale sale, String approval, Draw draw) {
        text.append("\t{\"van\":\"").append(sale.store().platform());
        text.append("\",\"tid\":\"").append(1_000_000 + sale.store().id());
        text.append("\",\"appr_no\":\"").append(approval);
        text.append("\",\"installment\":").append(draw.below(12) == 0 ? draw.between(2, 12) : 0);
        text.append(",\"approved_at\":\"");
        Times.append(text, sale.soldAt(), 'T');
        text.append("+09:00\"");
        if (draw.below(UNMASKED) == 0) {
            text.append(",\"pan\":\"").append(sale.card().digits()).append('"');
        }
        text.append('}');
    }

    private static boolean isDelivered(Store store) {
        return store.platform().equals("BAEMIN") || store.platform().equals("COUPANG_EATS");
    }

    private static long dailySale(Store store, Sale sale) {
        return store.id() * 100_000 + Math.floorDiv(sale.soldAt(), Times.DAY);
    }

    private void time(long time) {
        text.append('\t');
        Times.append(text, time);
    }

    private void number(@Nullable Long number) {
        field(number == null ? null : number.toString());
    }

    private void field(@Nullable String value) {
        text.append('\t').append(value == null ? "\\N" : value);
    }
}
