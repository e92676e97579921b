package dev.jangbu.mart.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jangbu.mart.books.Book;
import dev.jangbu.mart.books.BookState;
import dev.jangbu.mart.report.CheckResult;
import dev.jangbu.mart.report.Ledger;
import dev.jangbu.mart.report.Verdict;
import java.io.ByteArrayInputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;

class DashboardPageTest {
    private static final ZoneId SEOUL = ZoneId.of("Asia/Seoul");
    private static final int TWO_MEGABYTES = 2_000_000;

    @Test
    void thePageNeedsNothingFromOutside() {
        String page = page(30);

        assertThat(page)
                .startsWith("<!doctype html>\n<html lang=\"ko\">")
                .contains("content=\"default-src &#39;none&#39;; style-src &#39;unsafe-inline&#39;; img-src data:;")
                .doesNotContainPattern("(?i)<script|<link|<img|<iframe|src=|href=|url\\(|@import|http://|https://");
    }

    @Test
    void everyTagIsClosedInOrder() throws Exception {
        Document document = parse(page(30));

        assertThat(document.getElementsByTagName("section").getLength()).isEqualTo(8);
        assertThat(document.getElementsByTagName("figure").getLength()).isEqualTo(7 + 3);
        assertThat(document.getElementsByTagName("details").getLength()).isEqualTo(1);
        assertThat(document.getElementsByTagName("tr").getLength()).isEqualTo(1 + 7 + 1 + 5 + 1 + 30);
    }

    @Test
    void tilesTellTheDaysInFigures() {
        assertThat(tiles(page(30)))
                .containsExactly(
                        "마지막 날 Latest day | 통과 Passed | 2026-01-30",
                        "통과한 날 Days passed | 28 / 30 | 품질 실패 2 · 미완료 0 2 failed · 0 incomplete",
                        "가용률 Availability | 93.3% | 분석에 쓸 수 있는 날 days ready for analysts",
                        "이벤트 Events | 456만 4.56M | 4,561,125",
                        "주문 Orders | 8.91만 89.1K | 89,060",
                        "매출 Revenue | 57.2억원 ₩5.72B | 5,716,814,900원");
    }

    @Test
    void aFailedDayIsMarkedWithItsCheckInStripChartAndTable() {
        String page = page(30);

        assertThat(page)
                .contains("<title>2026-01-12 품질 실패 Failed: value_range</title>")
                .contains("<tr><th scope=\"row\">01-12 <small><span class=\"ko\">월</span>"
                        + "<span class=\"en\" lang=\"en\">Mon</span></small></th><td><span class=\"tag bad\">"
                        + "<span class=\"ko\">품질 실패</span><span class=\"en\" lang=\"en\">Failed</span></span> "
                        + "<small class=\"failed\"><span class=\"ko\">값의 범위</span>")
                .contains("<b class=\"good\"><span class=\"ko\">장부는 모두 맞습니다.</span>");
        assertThat(count(page, "class=\"dot bad\"")).isEqualTo(2);
        assertThat(count(page, "class=\"cross\"")).isEqualTo(2 * 3);
    }

    @Test
    void whatComesFromDataIsEscaped() throws Exception {
        String hostile = "<img src=x onerror=alert(1)></script><!--'\"&\u202e\u001b[31m";
        CheckResult check = SampleDays.check(hostile, "null_check", 10, 5);
        Ledger ledger = new Ledger(10, 5, 5, Map.of(hostile, 5L), null, null, null);
        DashboardDay day = new DashboardDay(
                SampleDays.LAST, hostile, Verdict.QUALITY_FAILED, null, null, null, List.of(check), ledger, null);

        String page = DashboardPage.html(new Dashboard(hostile, List.of(day), hostile, SampleDays.WRITTEN_AT), SEOUL);

        assertThat(page)
                .doesNotContain("<img", "</script", "<!--", "\u202e", "\u001b")
                .contains("&lt;img src=x onerror=alert(1)&gt;&lt;/script&gt;&lt;!--&#39;&quot;&amp;\\u202e\\u001b[31m");
        assertThat(parse(page).getElementsByTagName("img").getLength()).isZero();
    }

    @Test
    void daysOfSeveralCurrenciesAreNotAddedUp() {
        DashboardDay won = passed("default", "1000");
        DashboardDay pound = new DashboardDay(
                SampleDays.LAST.plusDays(1),
                "online-retail",
                Verdict.PASSED,
                1L,
                1L,
                new BigDecimal("2.50"),
                List.of(),
                null,
                null);

        String page =
                DashboardPage.html(new Dashboard("events", List.of(won, pound), "0.1.0", SampleDays.WRITTEN_AT), SEOUL);

        assertThat(tiles(page)).contains("매출 Revenue | – | 통화가 다른 날들 days of several currencies");
        assertThat(page).contains("<td>1,000원</td>", "<td>2.50</td>");
    }

    @Test
    void booksThatAreOffAreSaidFirst() {
        Ledger off = new Ledger(10, 8, 1, Map.of(), null, null, null);
        DashboardDay day = new DashboardDay(
                SampleDays.LAST, "default", Verdict.INCOMPLETE, null, null, null, List.of(), off, null);

        String page = DashboardPage.html(new Dashboard("events", List.of(day), "0.1.0", SampleDays.WRITTEN_AT), SEOUL);

        assertThat(page).contains("<b class=\"wrong\"><span class=\"ko\">장부가 맞지 않는 날이 1일 있습니다.</span>");
    }

    @Test
    void daysWhoseBooksAreNotClosedAreNamedWithWhatToDo() {
        List<DashboardDay> days = new ArrayList<>();
        for (int back = 12; back >= 0; back--) {
            BookState state = back == 12 ? BookState.BALANCES : BookState.MARTS_OLDER;
            Book book =
                    new Book(state, back == 12, "", "marts report", 10L, 8L, 2L, 8L, 3, 4, SampleDays.WRITTEN_AT, null);
            days.add(new DashboardDay(
                    SampleDays.LAST.minusDays(back),
                    "default",
                    Verdict.PASSED,
                    8L,
                    null,
                    null,
                    List.of(),
                    new Ledger(10, 8, 2, Map.of(), 8L, 8L, null),
                    book));
        }

        String page = DashboardPage.html(new Dashboard("events", days, "0.1.0", SampleDays.WRITTEN_AT), SEOUL);

        assertThat(page)
                .contains("<b class=\"good\"><span class=\"ko\">장부의 합계는 모두 맞고, 할 일이 남은 날이 12일 있습니다.</span>")
                .contains("<th scope=\"row\">2026-01-30</th><td><span class=\"ko\">마트가 적재보다 오래됨</span>")
                .contains("<td>8</td><td>3/4</td><td><code>make marts report DS=2026-01-30</code></td>")
                .contains("그 밖에 2일 더 있음: mart-job gaps")
                .contains("<title>2026-01-18 맞음 Balanced</title>")
                .contains("<title>2026-01-19 할 일 있음 To do</title>");
        assertThat(count(page, "<code>make ")).isEqualTo(10);
    }

    @Test
    void threeYearsOfDaysStayBelowTwoMegabytes() {
        String page = page(1_095);

        assertThat(page.getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(TWO_MEGABYTES);
        assertThat(count(page, "<tr><th scope=\"row\">")).isEqualTo(7 + 5 + 1_095);
        assertThat(count(page, "<details")).isEqualTo(36);
        assertThat(count(page, "class=\"calendar\"")).isEqualTo(2 * 4);
    }

    private static DashboardDay passed(String profile, String revenue) {
        return new DashboardDay(
                SampleDays.LAST, profile, Verdict.PASSED, 1L, 1L, new BigDecimal(revenue), List.of(), null, null);
    }

    private static String page(int days) {
        return DashboardPage.html(SampleDays.dashboard(days), SEOUL);
    }

    private static List<String> tiles(String page) {
        Matcher tile = Pattern.compile(
                        "<div class=\"tile[^\"]*\"><h2>(.*?)</h2><p class=\"value\">(.*?)</p><p class=\"note\">(.*?)</p></div>")
                .matcher(page);
        return tile.results()
                .map(found -> text(found.group(1)) + " | " + text(found.group(2)) + " | " + text(found.group(3)))
                .collect(Collectors.toList());
    }

    private static String text(String html) {
        return html.replaceAll("<[^>]*>", " ").replaceAll(" +", " ").trim();
    }

    private static int count(String page, String part) {
        return page.split(Pattern.quote(part), -1).length - 1;
    }

    /** The page is written so that an XML parser can read it too. */
    private static Document parse(String page) throws Exception {
        String xml = page.substring(page.indexOf("<html"));
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
    }
}
