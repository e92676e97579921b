package dev.jangbu.extract.simulator;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;

/** What people look for, mostly in Korean. */
record Search(Utf8 query, Utf8 url) {
    private static final List<Search> SEARCHES = List.of(
            of("무선 이어폰"),
            of("노트북"),
            of("운동화"),
            of("겨울 패딩"),
            of("여름 원피스"),
            of("에어프라이어"),
            of("선크림"),
            of("쿠션 파운데이션"),
            of("기계식 키보드"),
            of("캠핑 의자"),
            of("강아지 사료"),
            of("아기 물티슈"),
            of("제주 감귤"),
            of("핸드크림 세트"),
            of("남자 반팔티"),
            of("블루투스 스피커"),
            of("텀블러 500ml"),
            of("iPhone 케이스"),
            of("LED 스탠드"),
            of("yoga mat"));

    static Search draw(SplittableRandom random) {
        return SEARCHES.get(random.nextInt(SEARCHES.size()));
    }

    private static Search of(String query) {
        String url = Page.SHOP + "/search?q=" + URLEncoder.encode(query, StandardCharsets.UTF_8);
        return new Search(Utf8.of(query), Utf8.of(url));
    }
}
