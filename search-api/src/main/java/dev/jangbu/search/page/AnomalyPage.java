package dev.jangbu.search.page;

import dev.jangbu.search.access.Caller;
import dev.jangbu.search.access.Stores;
import dev.jangbu.search.anomalies.Anomalies;
import dev.jangbu.search.anomalies.Anomaly;
import dev.jangbu.search.anomalies.AnomalyController;
import dev.jangbu.search.anomalies.AnomalyFilter;
import dev.jangbu.search.anomalies.AnomalyId;
import dev.jangbu.search.anomalies.Review;
import dev.jangbu.search.anomalies.Rule;
import dev.jangbu.search.http.Cursor;
import dev.jangbu.search.http.Listing;
import dev.jangbu.search.http.Parameters;
import dev.jangbu.search.http.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Sales that do not fit, why, and two buttons. */
@RestController
public final class AnomalyPage {
    private static final int ROWS = 30;
    private static final Map<String, String> STATES = states();

    private final Anomalies anomalies;
    private final Stores stores;

    public AnomalyPage(Anomalies anomalies, Stores stores) {
        this.anomalies = anomalies;
        this.stores = stores;
    }

    @GetMapping("/anomalies")
    ResponseEntity<byte[]> list(@AuthenticationPrincipal Caller caller, HttpServletRequest request) {
        Parameters parameters = Parameters.of(request, AnomalyFilter.PARAMETERS);
        Map<String, String> rules = new LinkedHashMap<>();
        for (Rule rule : anomalies.rules()) {
            rules.put(rule.rule(), rule.nameKo());
        }
        try {
            AnomalyFilter filter = AnomalyFilter.of(parameters, List.copyOf(rules.keySet()));
            Cursor cursor = parameters.cursor();
            stores.require(caller, filter.storeId());
            Listing<Anomaly> page = anomalies.find(caller, filter, cursor, ROWS);
            return Frame.page(request, caller, "이상 거래", html -> {
                form(html, parameters.all(), rules);
                if (page.rows().isEmpty()) {
                    html.leaf("p", "찾은 이상 거래가 없습니다.", "class", "panel");
                }
                for (Anomaly anomaly : page.rows()) {
                    String name = rules.getOrDefault(anomaly.rule(), anomaly.rule());
                    card(html, request, caller, parameters, anomaly, name);
                }
                Paging.next(html, request, parameters, page.next());
            });
        } catch (ProblemException refused) {
            return Frame.page(request, caller, refused.problem().status(), "이상 거래", html -> {
                form(html, parameters.all(), rules);
                html.leaf("p", Refused.text(refused.problem()), "class", "panel wrong", "role", "alert");
            });
        }
    }

    /** From the buttons; answers with the list it was asked from. */
    @PostMapping("/anomalies/{id}/state")
    ResponseEntity<byte[]> decide(
            @AuthenticationPrincipal Caller caller, HttpServletRequest request, @PathVariable("id") String id) {
        AnomalyController.requireReviewer(caller);
        AnomalyId known = AnomalyId.parse(id);
        String state = request.getParameter("state");
        anomalies.review(caller, known, new Review.Wish(state == null ? "" : state, request.getParameter("note")));
        Map<String, String> back = new TreeMap<>();
        for (String name : AnomalyFilter.PARAMETERS) {
            String value = request.getParameter("back-" + name);
            if (value != null && !value.isBlank()) {
                back.put(name, value);
            }
        }
        return ResponseEntity.status(303)
                .location(URI.create(Paging.address("/anomalies", back) + "#" + anchor(known)))
                .build();
    }

    private static void form(Html html, Map<String, String> given, Map<String, String> rules) {
        html.open("form", "method", "get", "action", "/anomalies", "class", "panel filters");
        Fields.input(html, "from", "부터", "date", given.get("from"));
        Fields.input(html, "to", "까지", "date", given.get("to"));
        Fields.select(html, "rule", "규칙", rules, given.get("rule"));
        Fields.input(html, "store_id", "가맹점", "text", given.get("store_id"));
        Fields.select(html, "state", "상태", STATES, given.get("state"));
        html.leaf("button", "보기", "type", "submit");
        html.close();
    }

    private static void card(
            Html html,
            HttpServletRequest request,
            Caller caller,
            Parameters parameters,
            Anomaly anomaly,
            String ruleName) {
        AnomalyId id = AnomalyId.parse(anomaly.id());
        html.open("article", "class", "panel anomaly " + anomaly.state(), "id", anchor(id), "tabindex", "-1");
        html.open("h2").text(ruleName + " ");
        html.leaf("span", STATES.getOrDefault(anomaly.state(), anomaly.state()), "class", "state");
        html.close();
        html.open("p", "class", "figures");
        html.leaf("b", Show.won(anomaly.amountSale()));
        html.text(" · " + Show.time(anomaly.soldAt()) + " · 가맹점 ");
        html.leaf("a", String.valueOf(anomaly.storeId()), "href", "/stores/" + anomaly.storeId());
        html.text(" · 거래 " + anomaly.saleId());
        html.close();
        html.open("p", "class", "figures");
        html.text("점수 " + Show.score(anomaly.score(), anomaly.scoreUnit()) + " · 평소 "
                + Show.expected(anomaly.expected(), anomaly.expectedUnit()) + " · ");
        html.leaf("a", "가맹점의 그날 거래", "href", salesOfDay(anomaly));
        html.close();
        evidence(html, anomaly);
        if (anomaly.reviewedBy() != null) {
            html.leaf("p", decided(anomaly), "class", "soft");
        }
        if (caller.isReviewer()) {
            buttons(html, request, parameters, id);
        }
        html.close();
    }

    private static String salesOfDay(Anomaly anomaly) {
        return "/sales?store_id=" + anomaly.storeId() + "&from=" + anomaly.saleDate() + "&to=" + anomaly.saleDate();
    }

    private static void evidence(Html html, Anomaly anomaly) {
        JsonNode evidence = anomaly.evidence();
        if (evidence.isEmpty()) {
            return;
        }
        html.open("details", "open", "open").leaf("summary", "근거").open("dl");
        Evidence.names(evidence).forEach(key -> {
            html.leaf("dt", Evidence.name(key));
            html.leaf(
                    "dd",
                    Evidence.value(key, evidence.get(key), anomaly.soldAt().getOffset()));
        });
        html.close(2);
    }

    private static void buttons(Html html, HttpServletRequest request, Parameters parameters, AnomalyId id) {
        html.open("form", "method", "post", "action", "/anomalies/" + id + "/state", "class", "decision");
        Frame.token(html, request);
        parameters
                .all()
                .forEach(
                        (name, value) -> html.empty("input", "type", "hidden", "name", "back-" + name, "value", value));
        html.leaf("label", "메모", "for", "note-" + anchor(id));
        html.empty("input", "id", "note-" + anchor(id), "name", "note", "type", "text", "maxlength", "2000");
        html.leaf("button", "이상 확정", "type", "submit", "name", "state", "value", "confirmed", "class", "bad");
        html.leaf("button", "문제 없음", "type", "submit", "name", "state", "value", "dismissed", "class", "quiet");
        html.close();
    }

    private static String decided(Anomaly anomaly) {
        @Nullable String note = anomaly.note();
        return (anomaly.reviewedAt() == null ? "" : Show.time(anomaly.reviewedAt()) + " ")
                + anomaly.reviewedBy()
                + (note == null ? "" : ": " + note);
    }

    /** As an element's id, which holds no dots for style sheets' sake. */
    private static String anchor(AnomalyId id) {
        return "a-" + id.account() + "-" + id.sale() + "-" + id.rule();
    }

    private static Map<String, String> states() {
        Map<String, String> states = new LinkedHashMap<>();
        states.put("open", "미검토");
        states.put("confirmed", "이상 확정");
        states.put("dismissed", "문제 없음");
        return states;
    }
}
