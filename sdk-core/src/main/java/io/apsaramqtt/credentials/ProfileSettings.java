package io.apsaramqtt.credentials;

import java.util.Map;
import java.util.Optional;

/**
 * The settings of one profile, or of one section of an ini file. A setting is judged when it is used, so that a mistake in one
 * that nobody needs harms nobody.
 *
 * @param what the file's word for it, such as {@code profile}
 */
record ProfileSettings(CredentialsFile file, String what, String name, Map<String, Setting> settings) {

    /**
     * One setting.
     *
     * @param type what stands there, such as {@code a number}
     */
    record Setting(String text, String type, int line) {

        static final String STRING = "a string";
        static final String NUMBER = "a number";
        static final String BOOLEAN = "true or false";

        /** The type and line alone: the text may be a secret. */
        @Override
        public String toString() {
            return type + " in line " + line;
        }
    }

    /** The setting {@code key}, which must be there and not blank. */
    String require(String key) {
        return find(key)
                .orElseThrow(
                        () -> fault(settings.containsKey(key) ? key + " is empty" : key + " is missing; it is needed"));
    }

    /** The setting {@code key} if it is there and not blank. */
    Optional<String> find(String key) {
        return find(key, Setting.STRING);
    }

    private Optional<String> find(String key, String type) {
        Setting setting = settings.get(key);
        if (setting == null) {
            return Optional.empty();
        }
        if (!setting.type().equals(type)) {
            throw fault(key + " in line " + setting.line() + " must be " + type + ", not " + setting.type());
        }
        return Optional.of(setting.text().strip()).filter(text -> !text.isEmpty());
    }

    boolean isTrue(String key) {
        return find(key, Setting.BOOLEAN).filter("true"::equals).isPresent();
    }

    /** A time in seconds; 0, which the CLI writes where nothing was said, counts as not there. */
    Optional<Integer> seconds(String key) {
        return find(key, Setting.NUMBER).flatMap(text -> {
            try {
                int seconds = Integer.parseInt(text);
                if (seconds != 0 && seconds < 900) {
                    throw fault(key + " [" + seconds + "] is less than 900, the shortest session");
                }
                return seconds == 0 ? Optional.empty() : Optional.of(seconds);
            } catch (NumberFormatException e) {
                throw fault(key + " must be a whole number of seconds");
            }
        });
    }

    AccessKey accessKey() {
        return AccessKey.of(require("access_key_id"), require("access_key_secret"));
    }

    /** That this profile gives no AccessKey, because of {@code reason}. */
    CredentialsException fault(String reason) {
        return file.fault(what + " [" + name + "]: " + reason);
    }
}
