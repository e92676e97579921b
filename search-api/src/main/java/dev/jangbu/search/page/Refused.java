package dev.jangbu.search.page;

import dev.jangbu.search.http.Problem;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What was refused, as people are told: which field, what it held, what it should. What has no words here stays English. */
final class Refused {
    private static final Map<String, String> FIELDS = fields();

    /** What was expected, and how it is said; {@code $1} is the part that differs. */
    private record Saying(Pattern expected, String said) {
        static Saying of(String expected, String said) {
            return new Saying(Pattern.compile(expected), said);
        }
    }

    private static final List<Saying> SAYINGS = List.of(
            Saying.of("a date such as (.+)", "$1 같은 날짜를 넣어 주세요"),
            Saying.of("(.+) or later", "$1 또는 그 뒤의 날짜를 넣어 주세요"),
            Saying.of("(.+) or more", "$1 이상을 넣어 주세요"),
            Saying.of("a whole number such as (.+)", "$1 같은 숫자를 넣어 주세요"),
            Saying.of("a whole number up to (.+)", "$1 이하의 숫자를 넣어 주세요"),
            Saying.of("an amount such as (.+)", "$1 같은 금액을 넣어 주세요"),
            Saying.of("text of at most (.+) characters", "$1자까지 넣을 수 있습니다"),
            Saying.of("a store of (.+)", "볼 수 있는 가맹점 가운데 없습니다"),
            Saying.of("an anomaly .+", "볼 수 있는 이상 거래 가운데 없습니다"),
            Saying.of("the cursor of .+", "검색 조건이 바뀌었습니다. 첫 쪽부터 다시 보아 주세요"),
            Saying.of("a card_key of .+", "64자리 카드 키를, 또는 가맹점과 함께 5310-12**-****-3456 같은 번호를 넣어 주세요"),
            Saying.of("reviewer, .+", "이상 거래의 판정은 검토자(reviewer) 키로만 할 수 있습니다"));

    private Refused() {}

    static String text(Problem problem) {
        String expected = problem.expected();
        return (expected == null ? Optional.<String>empty() : said(expected))
                .map(said -> field(problem.name()) + held(problem.value()) + ": " + said + ".")
                .orElse(problem.detail());
    }

    private static Optional<String> said(String expected) {
        return SAYINGS.stream()
                .map(saying -> {
                    Matcher fits = saying.expected().matcher(expected);
                    return fits.matches() ? fits.replaceFirst(saying.said()) : "";
                })
                .filter(said -> !said.isEmpty())
                .findFirst();
    }

    private static String held(@Nullable String value) {
        return value == null || value.equals("none") ? "" : " «" + value + "»";
    }

    private static String field(@Nullable String name) {
        return name == null ? "" : FIELDS.getOrDefault(name, name);
    }

    private static Map<String, String> fields() {
        Map<String, String> fields = new HashMap<>();
        fields.put("q", "검색어");
        fields.put("store_id", "가맹점");
        fields.put("id", "번호");
        fields.put("company", "카드사");
        fields.put("date", "날짜");
        fields.put("from", "부터");
        fields.put("to", "까지");
        fields.put("min", "최소 금액");
        fields.put("max", "최대 금액");
        fields.put("card", "카드");
        fields.put("rule", "규칙");
        fields.put("state", "상태");
        fields.put("note", "메모");
        fields.put("cursor", "쪽");
        fields.put("role", "권한");
        return fields;
    }
}
