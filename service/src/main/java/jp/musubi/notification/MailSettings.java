package jp.musubi.notification;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * In whose name letters go out.
 *
 * @param from the service's own address: sender, bounce address, and domain of every Message-ID
 * @param bouncesFolder a maildir into which the mail server delivers what comes back to that
 *     address; without one only what is refused at once is known not to arrive
 */
@ConfigurationProperties("musubi.mail")
record MailSettings(MailAddress from, @Nullable Path bouncesFolder) {}
