package jp.musubi.notification;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * In whose name letters go out.
 *
 * @param from the service's own address: sender, bounce address, and domain of every Message-ID
 */
@ConfigurationProperties("musubi.mail")
record MailSettings(MailAddress from) {}
