package io.apsaramqtt.credentials;

import io.apsaramqtt.credentials.ProfileSettings.Setting;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The ini file of the official SDKs, read as they read it, except that whatever they would guess at is refused. No message
 * shows a line or a value: it may be a secret.
 */
record CredentialsIni(CredentialsFile file, Map<String, ProfileSettings> sections) {

    static CredentialsIni parse(CredentialsFile file, String text) {
        Reader reader = new Reader(file);
        text.lines().forEachOrdered(reader::read);
        return new CredentialsIni(file, reader.sections);
    }

    ProfileSettings section(String name) {
        ProfileSettings found = sections.get(name);
        if (found == null) {
            List<String> names = new ArrayList<>(sections.keySet());
            throw file.fault("has no section [" + name + "]; it has "
                    + names.subList(0, Math.min(20, names.size()))
                    + ". The section is named by ALIBABA_CLOUD_PROFILE, else it is [default]");
        }
        return found;
    }

    /** Reads line by line. */
    private static final class Reader {

        private final CredentialsFile file;
        private final Map<String, ProfileSettings> sections = new LinkedHashMap<>();
        private @Nullable Map<String, Setting> settings;
        private int line;

        Reader(CredentialsFile file) {
            this.file = file;
        }

        void read(String text) {
            line++;
            String bare = text.strip();
            if (bare.isEmpty() || bare.startsWith("#") || bare.startsWith(";")) {
                return;
            }
            if (bare.startsWith("[")) {
                beginSection(bare);
            } else {
                addSetting(text, bare);
            }
        }

        private void beginSection(String bare) {
            int end = bare.indexOf(']');
            String name = end < 0 ? "" : bare.substring(1, end).strip();
            if (name.isEmpty() || !isComment(bare.substring(end + 1).strip())) {
                throw fault("is no section; write it as in [default]");
            }
            settings = new LinkedHashMap<>();
            if (sections.put(name, new ProfileSettings(file, "section", name, settings)) != null) {
                throw fault("begins section [" + name + "] a second time");
            }
        }

        private void addSetting(String text, String bare) {
            if (settings == null) {
                throw fault("stands before the first section, such as [default]");
            }
            if (text.startsWith("\t")) {
                // To the official SDKs it goes on the value above, to whoever wrote it it does not.
                throw fault("begins with a tab; write it without");
            }
            String[] halves = withoutComment(bare).split("=", 2);
            String key = halves[0].strip();
            if (halves.length < 2 || key.isEmpty()) {
                throw fault("is no setting; write it as in type = access_key");
            }
            if (settings.put(key, new Setting(halves[1].strip(), Setting.STRING, line)) != null) {
                throw fault("sets what was set before in its section");
            }
        }

        /** A comment in a line needs white space before it: the value may hold the characters. */
        private static String withoutComment(String bare) {
            for (int i = 1; i < bare.length(); i++) {
                boolean blankBefore = bare.charAt(i - 1) == ' ' || bare.charAt(i - 1) == '\t';
                if (blankBefore && isComment(bare.substring(i, i + 1))) {
                    return bare.substring(0, i);
                }
            }
            return bare;
        }

        private static boolean isComment(String text) {
            return text.isEmpty() || text.charAt(0) == '#' || text.charAt(0) == ';';
        }

        private CredentialsException fault(String reason) {
            return file.fault("is not a credentials file: line " + line + " " + reason);
        }
    }
}
