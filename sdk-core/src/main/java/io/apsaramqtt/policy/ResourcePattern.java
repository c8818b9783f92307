package io.apsaramqtt.policy;

/**
 * One resource of a statement, matched field by field. No RAM page says whether {@code *} may run over a colon: where that
 * alone decides, the pattern <em>may</em> match.
 */
final class ResourcePattern {

    private final String text;
    private final String[] fields;
    private final boolean wildcardBeforeRelativeId;

    ResourcePattern(String text) {
        this.text = text;
        this.fields = ResourceName.split(text);
        int wildcard = firstWildcard(text);
        this.wildcardBeforeRelativeId = wildcard >= 0 && wildcard < text.length() - fields[fields.length - 1].length();
    }

    String text() {
        return text;
    }

    Match match(ResourceName name) {
        if ("*".equals(text)) {
            return Match.YES;
        }
        boolean whole = fields.length == 5;
        if (whole) {
            Match match = Match.YES;
            for (int i = 0; i < fields.length && match != Match.NO; i++) {
                match = match.and(matchField(fields[i], name.field(i)));
            }
            if (match != Match.NO) {
                return match;
            }
        }
        boolean mayRunOverColon = whole ? wildcardBeforeRelativeId : firstWildcard(text) >= 0;
        return mayRunOverColon && Glob.mayMatch(text, name.text()) ? Match.MAYBE : Match.NO;
    }

    private static Match matchField(String pattern, String field) {
        if (Glob.matches(pattern, field)) {
            return Match.YES;
        }
        return field.contains(ResourceName.UNKNOWN) && Glob.mayMatch(pattern, field) ? Match.MAYBE : Match.NO;
    }

    private static int firstWildcard(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == '*' || text.charAt(i) == '?') {
                return i;
            }
        }
        return -1;
    }
}
