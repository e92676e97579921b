package dev.jangbu.search.anomalies;

import dev.jangbu.search.access.Caller;
import dev.jangbu.search.access.Stores;
import dev.jangbu.search.http.Answers;
import dev.jangbu.search.http.Cursor;
import dev.jangbu.search.http.Parameters;
import dev.jangbu.search.http.Problem;
import dev.jangbu.search.http.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Anomalies, and decisions about them. */
@RestController
public final class AnomalyController {
    private static final int LARGEST_BODY = 16 * 1024;

    private final Anomalies anomalies;
    private final Stores stores;

    public AnomalyController(Anomalies anomalies, Stores stores) {
        this.anomalies = anomalies;
        this.stores = stores;
    }

    @GetMapping("/api/v1/anomalies")
    ResponseEntity<byte[]> anomalies(@AuthenticationPrincipal Caller caller, HttpServletRequest request) {
        Parameters parameters = Parameters.of(request, AnomalyFilter.PARAMETERS);
        List<String> rules = anomalies.rules().stream().map(Rule::rule).toList();
        AnomalyFilter filter = AnomalyFilter.of(parameters, rules);
        Cursor cursor = parameters.cursor();
        int limit = parameters.limit();
        stores.require(caller, filter.storeId());
        return Answers.page(request, parameters, Anomaly.class, anomalies.find(caller, filter, cursor, limit));
    }

    @PostMapping(path = "/api/v1/anomalies/{id}/state", consumes = "application/json")
    ResponseEntity<byte[]> review(
            @AuthenticationPrincipal Caller caller, HttpServletRequest request, @PathVariable("id") String id)
            throws IOException {
        Parameters.of(request, List.of());
        requireReviewer(caller);
        byte[] body = request.getInputStream().readNBytes(LARGEST_BODY + 1);
        if (body.length > LARGEST_BODY) {
            throw new ProblemException(Problem.of(413, "Too large", "body: more than " + LARGEST_BODY + " bytes"));
        }
        return Answers.created(anomalies.review(caller, AnomalyId.parse(id), Review.Wish.parse(body)));
    }

    /** @throws ProblemException 403 for who may only look */
    public static void requireReviewer(Caller caller) {
        if (!caller.isReviewer()) {
            throw new ProblemException(Problem.ofValue(
                    403, "role", caller.role().nameInSettings(), "reviewer, to decide about anomalies"));
        }
    }
}
