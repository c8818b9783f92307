package io.apsaramqtt.spring.autoconfigure;

import org.springframework.messaging.converter.MessageConverter;

/** The converter of JSON that was found on the class path; not a MessageConverter, which would be a bean for others too. */
record JsonMessageConverter(MessageConverter converter) {}
