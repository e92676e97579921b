package dev.jangbu.sandbox.shop;

import java.util.List;

/** Three thousand people a channel; four in a hundred buy on every channel, with the same name and phone. */
final class Buyers {
    private static final int COUNT = 3_000;
    private static final int EVERYWHERE = COUNT * 4 / 100;
    private static final List<String> FAMILIES = List.of("김", "이", "박", "최", "정", "강", "조", "윤", "장", "임");
    private static final List<String> FIRST = List.of("서", "민", "지", "하", "도", "예", "수", "은", "태", "가");
    private static final List<String> SECOND = List.of("준", "연", "우", "윤", "현", "원", "빈", "아", "람", "온");

    private final ShopSettings settings;

    Buyers(ShopSettings settings) {
        this.settings = settings;
    }

    /** In Cafe24's mall three in ten are guests; elsewhere all have an account. */
    Buyer drawn(Channel channel, Draw draw) {
        int place = draw.below(COUNT);
        boolean isGuest = draw.chance(0.3) && channel == Channel.CAFE24;
        boolean isEverywhere = place < EVERYWHERE;
        Draw person = isEverywhere ? settings.draw("person", place) : settings.draw("person", channel, place);
        int phone = isEverywhere ? place : EVERYWHERE + person.below(10_000 - EVERYWHERE);
        String name = person.of(FAMILIES) + person.of(FIRST) + person.of(SECOND);
        return new Buyer(
                700_000 + place,
                isGuest ? null : "buyer%04d".formatted(place),
                name,
                "010-0000-%04d".formatted(phone),
                "buyer%04d@example.invalid".formatted(place));
    }
}
