package io.apsaramqtt.policy;

/**
 * One resource of a statement, matched field by field. No RAM page says whether {@code *} may run over a colon: where that
 * alone decides, the pattern <em>may</em> match.
 */
final class ResourcePattern {

    private static final String ANY = "*";

    private final String text;
    private final String[] fields;

    ResourcePattern(String text) {
        this.text = text;
        this.fields = ResourceName.split(text);
    }

    String text() {
        return text;
    }

    Match match(ResourceName name) {
        if (ANY.equals(text)) {
            return Match.YES;
        }
        boolean whole = fields.length == ResourceName.FIELDS;
        if (whole) {
            Match match = Match.YES;
            for (int i = 0; i < fields.length && match != Match.NO; i++) {
                match = match.and(matchField(fields[i], name.field(i)));
            }
            if (match != Match.NO || !name.hasFurtherColons()) {
                // With four colons on either side each of the pattern's must meet its own: fields are the only reading.
                return match;
            }
        }
        return Glob.mayMatch(text, name.text()) ? Match.MAYBE : Match.NO;
    }

    private static Match matchField(String pattern, String field) {
        if (Glob.matches(pattern, field)) {
            return Match.YES;
        }
        return field.contains(ResourceName.UNKNOWN) && Glob.mayMatch(pattern, field) ? Match.MAYBE : Match.NO;
    }

    /** Whether only the relative ID decides: any region, any account, and the service itself or any. */
    boolean isDecidedByRelativeId(String service) {
        return ANY.equals(text)
                || (fields.length == ResourceName.FIELDS
                        && Glob.matches(fields[0], "acs")
                        && Glob.matches(fields[1], service)
                        && ANY.equals(fields[2])
                        && ANY.equals(fields[3]));
    }

    /** The pattern of the relative ID. */
    String relativeId() {
        return fields[fields.length - 1];
    }
}
