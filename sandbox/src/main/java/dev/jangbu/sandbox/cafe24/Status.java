package dev.jangbu.sandbox.cafe24;

import dev.jangbu.sandbox.shop.LineState;

/** Cafe24's codes of a line's states. */
enum Status {
    N00("입금전", "N1"),
    N10("상품준비중", "N1"),
    N20("배송준비중", "N1"),
    N30("배송중", "N1"),
    N40("배송완료", "N1"),
    N50("구매확정", "N2"),
    N99("(새 상태)", "N1"),
    C00("취소신청", "C1"),
    C11("취소접수거부", "C1"),
    C40("취소완료", "C2"),
    C48("입금전취소(자동)", "C3"),
    R00("반품신청", "C1"),
    R11("반품접수거부", "C1"),
    R20("수거완료", "C1"),
    R40("반품완료-환불완료", "C2"),
    E00("교환신청", "E1"),
    E11("교환접수거부", "E1"),
    E20("교환준비", "E1"),
    E30("교환처리중", "E1"),
    E40("교환완료", "E1");

    private final String text;
    private final String group;

    Status(String text, String group) {
        this.text = text;
        this.group = group;
    }

    String text() {
        return text;
    }

    String group() {
        return group;
    }

    static Status of(LineState state) {
        return switch (state) {
            case ORDERED -> N00;
            case PAID -> N10;
            case PREPARING -> N20;
            case SHIPPING -> N30;
            case DELIVERED -> N40;
            case CONFIRMED -> N50;
            case CANCEL_REQUESTED -> C00;
            case CANCEL_REJECTED -> C11;
            case CANCELED -> C40;
            case LAPSED -> C48;
            case RETURN_REQUESTED -> R00;
            case RETURN_COLLECTED -> R20;
            case RETURN_REJECTED -> R11;
            case RETURNED -> R40;
            case EXCHANGE_REQUESTED -> E00;
            case EXCHANGE_COLLECTED -> E20;
            case EXCHANGE_SENT -> E30;
            case EXCHANGE_REJECTED -> E11;
            case EXCHANGED -> E40;
            case UNKNOWN -> N99;
        };
    }
}
