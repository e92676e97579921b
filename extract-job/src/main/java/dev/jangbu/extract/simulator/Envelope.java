package dev.jangbu.extract.simulator;

/**
 * What all events of a session say alike, as bytes: made once a session.
 *
 * @param untilTime from the user to the opening quote of the time
 * @param fromTime from the closing quote of the time to the browser
 */
record Envelope(Utf8 untilTime, Utf8 fromTime) {
    /** @param userField as JSON with a comma before it; empty for an event without user */
    static Envelope of(String userField, String sessionId, Visitor visitor) {
        return new Envelope(
                Utf8.of(userField + ",\"session_id\":\"" + sessionId + "\",\"timestamp\":\""),
                Utf8.of("\",\"platform\":\"" + visitor.platform() + "\",\"device_type\":\"" + visitor.device()
                        + "\",\"os\":\"" + visitor.os() + "\",\"browser\":\"" + visitor.browser() + "\""));
    }
}
