package dev.jangbu.sandbox.cafe24;

import dev.jangbu.sandbox.http.Fields;
import dev.jangbu.sandbox.shop.Days;
import dev.jangbu.sandbox.shop.Line;
import dev.jangbu.sandbox.shop.LineState;
import dev.jangbu.sandbox.shop.Order;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Money that went back for a line, or for a part of it. */
record Refund(Order order, Line line, String code, int quantity, long amount, Instant acceptedAt, Instant doneAt) {
    /** Of what was paid, then cancelled or sent back, until now. */
    static List<Refund> of(Order order, Instant now) {
        List<Refund> refunds = new ArrayList<>();
        List<Long> allocations = order.allocations();
        for (int place = 0; place < order.lines().size(); place++) {
            Line line = order.lines().get(place);
            long paid = line.afterDiscount() - allocations.get(place);
            if (line.life().when(LineState.PAID, now).isPresent()) {
                whole(order, line, paid, now).ifPresent(refunds::add);
                part(order, line, paid, now).ifPresent(refunds::add);
            }
        }
        return refunds;
    }

    Fields json(int shopNo) {
        return Fields.of("shop_no", shopNo)
                .with("order_id", order.id())
                .with("refund_code", code)
                .with("order_item_code", List.of(line.id()))
                .with("quantity", quantity)
                .with("actual_refund_amount", Won.text(amount))
                .with("used_points", "0.00")
                .with("used_credits", "0.00")
                .with("accepted_refund_date", Days.seconds(acceptedAt))
                .with("refund_date", Days.seconds(doneAt))
                .with("refund_bank_name", "가상은행")
                .with("refund_bank_account_no", "000-00-000000")
                .with("refund_bank_account_holder", order.buyer().name())
                .with("status", "T");
    }

    private static Optional<Refund> whole(Order order, Line line, long paid, Instant now) {
        LineState state = line.life().stateAt(now);
        if (!state.isVoid()) {
            return Optional.empty();
        }
        Instant done = line.life().at(now).at();
        Instant accepted = line.life()
                .when(state == LineState.RETURNED ? LineState.RETURN_REQUESTED : LineState.CANCEL_REQUESTED, now)
                .orElse(done);
        int left = line.quantity() - line.claimedQuantity(now);
        return Optional.of(
                new Refund(order, line, "R" + line.id(), left, paid * left / line.quantity(), accepted, done));
    }

    private static Optional<Refund> part(Order order, Line line, long paid, Instant now) {
        int gone = line.claimedQuantity(now);
        Instant done = line.claimDoneAt();
        if (gone == 0 || done == null) {
            return Optional.empty();
        }
        return Optional.of(new Refund(order, line, "P" + line.id(), gone, paid * gone / line.quantity(), done, done));
    }
}
