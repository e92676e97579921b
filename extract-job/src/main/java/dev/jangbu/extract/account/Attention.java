package dev.jangbu.extract.account;

/** Why an account is left out until its owner has acted. */
public enum Attention {
    REAUTH_REQUIRED("accounts consent, by the mall's operator"),
    SCOPE("grant the app the scope it lacks, then accounts consent"),
    IP_NOT_ALLOWED("register this machine's address with the platform"),
    WRONG_SECRET("accounts rotate with the right secret"),
    HUMAN_NEEDED("log in by hand once: the platform asks for a person; a day later accounts test --crawl"),
    PERMISSION_DENIED("add the service account to the property");

    private final String remedy;

    Attention(String remedy) {
        this.remedy = remedy;
    }

    /** What the owner is to do. */
    public String remedy() {
        return remedy;
    }
}
