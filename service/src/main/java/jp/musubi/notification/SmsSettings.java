package jp.musubi.notification;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * By whom text messages are sent.
 *
 * @param url to which they are posted, as JSON; without one no SMS is offered
 * @param tokenFile a file with the bearer token that the gateway knows us by, in its first line
 * @param deadline for one answer
 */
@ConfigurationProperties("musubi.sms")
record SmsSettings(
    @Nullable URI url, @Nullable Path tokenFile, @DefaultValue("10s") Duration deadline) {}
