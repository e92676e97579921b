package dev.jangbu.sandbox.ably;

import dev.jangbu.sandbox.shop.Channel;
import dev.jangbu.sandbox.shop.Days;
import dev.jangbu.sandbox.shop.Line;
import dev.jangbu.sandbox.shop.LineState;
import dev.jangbu.sandbox.shop.Order;
import dev.jangbu.sandbox.shop.Shop;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** 전체 주문: a row a line that was paid, newest first. */
final class OrderTable {
    static final List<String> HEADERS =
            List.of("결제일", "상품주문번호", "주문번호", "상품명", "옵션", "수량", "결제금액", "주문자", "연락처", "주문상태", "택배사", "송장번호");

    private OrderTable() {}

    /** By day of payment, both included. */
    static List<List<String>> rows(Shop shop, LocalDate from, LocalDate to, Instant now) {
        List<List<String>> rows = new ArrayList<>();
        shop.between(Channel.ABLY, from.minusDays(5), to, now)
                .forEach(order -> order.lines().forEach(line -> line.life()
                        .when(LineState.PAID, now)
                        .filter(paid -> isWithin(Days.of(paid), from, to))
                        .ifPresent(paid -> rows.add(row(order, line, paid, now)))));
        Collections.reverse(rows);
        return rows;
    }

    private static boolean isWithin(LocalDate day, LocalDate from, LocalDate to) {
        return !day.isBefore(from) && !day.isAfter(to);
    }

    private static List<String> row(Order order, Line line, Instant paid, Instant now) {
        Optional<Instant> sent = line.life().when(LineState.SHIPPING, now);
        return List.of(
                Days.minutes(paid),
                line.id(),
                order.id(),
                line.product().name(),
                line.optionText(),
                String.valueOf(line.quantity()),
                "%,d원".formatted(line.gross()),
                order.buyer().name(),
                order.buyer().phone(),
                label(line.life().stateAt(now)),
                sent.isPresent() ? "CJ대한통운" : "-",
                sent.isPresent() ? "60" + line.id() : "-");
    }

    private static String label(LineState state) {
        return switch (state) {
            case ORDERED, LAPSED -> "입금대기";
            case PAID, UNKNOWN -> "결제완료";
            case PREPARING, CANCEL_REJECTED -> "상품준비중";
            case SHIPPING -> "배송중";
            case DELIVERED, RETURN_REJECTED, EXCHANGE_REJECTED -> "배송완료";
            case CONFIRMED -> "구매확정";
            case CANCEL_REQUESTED -> "취소요청";
            case CANCELED -> "취소완료";
            case RETURN_REQUESTED -> "반품요청";
            case RETURN_COLLECTED -> "반품중";
            case RETURNED -> "반품완료";
            case EXCHANGE_REQUESTED -> "교환요청";
            case EXCHANGE_COLLECTED, EXCHANGE_SENT -> "교환중";
            case EXCHANGED -> "교환완료";
        };
    }
}
