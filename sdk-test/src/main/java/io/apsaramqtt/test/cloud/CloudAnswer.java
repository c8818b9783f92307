package io.apsaramqtt.test.cloud;

import java.util.Map;
import java.util.Optional;

/**
 * What is to be sent, and what goes wrong with it.
 *
 * @param status the HTTP status
 * @param members the members of the body
 * @param fault what goes wrong with it
 */
record CloudAnswer(int status, Map<String, Object> members, Optional<TakenFault> fault) {}
