/**
 * What an application declares that it publishes and subscribes to, and what the permissions of its clients say of it.
 *
 * <p>Front doors: {@link io.apsaramqtt.spring.permission.PublishesTo} to declare, and
 * {@link io.apsaramqtt.spring.permission.DeclaredOperations} to ask. Uses the packages of the clients and of the listeners, the
 * public packages of the client and the core, and Spring; nothing of Spring Boot.
 */
@NullMarked
package io.apsaramqtt.spring.permission;

import org.jspecify.annotations.NullMarked;
