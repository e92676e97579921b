package dev.jangbu.sandbox;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.ActionCode;

/** Closes a connection without an answer, where the call was marked for it. */
final class AbortValve extends ValveBase {
    private static final String MARK = AbortValve.class.getName();

    AbortValve() {
        super(true);
    }

    static void abort(HttpServletRequest request) {
        request.setAttribute(MARK, true);
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        getNext().invoke(request, response);
        if (request.getAttribute(MARK) != null) {
            response.getCoyoteResponse().action(ActionCode.CLOSE_NOW, new IOException("closed on purpose"));
        }
    }
}
