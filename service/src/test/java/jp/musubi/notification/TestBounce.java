package jp.musubi.notification;

import java.nio.charset.StandardCharsets;

/** Delivery reports as mail servers write them. */
final class TestBounce {
  private TestBounce() {}

  /** As Postfix writes it, of a mailbox that does not exist. */
  static String postfix(String messageId, String recipient) {
    return report(
        messageId,
        """
        Final-Recipient: rfc822; %1$s
        Original-Recipient: rfc822;%1$s
        Action: failed
        Status: 5.1.1
        Remote-MTA: dns; mx.kensetsu.example
        Diagnostic-Code: smtp; 550 5.1.1 <%1$s>: Recipient address rejected: User
            unknown in virtual mailbox table
        """
            .formatted(recipient));
  }

  /** With a block about the recipient of one's own. */
  static String report(String messageId, String recipient) {
    return """
    Return-Path: <>
    From: MAILER-DAEMON@musubi.example (Mail Delivery System)
    To: no-reply@musubi.example
    Subject: Undelivered Mail Returned to Sender
    Auto-Submitted: auto-replied
    MIME-Version: 1.0
    Content-Type: multipart/report; report-type=delivery-status;
        boundary="4F1C2.1764000000/mx.musubi.example"

    This is a MIME-encapsulated message.

    --4F1C2.1764000000/mx.musubi.example
    Content-Description: Notification
    Content-Type: text/plain; charset=us-ascii

    I'm sorry to have to inform you that your message could not be delivered.

    --4F1C2.1764000000/mx.musubi.example
    Content-Description: Delivery report
    Content-Type: message/delivery-status

    Reporting-MTA: dns; mx.musubi.example
    X-Postfix-Queue-ID: 4F1C2
    Arrival-Date: Tue, 24 Nov 2026 09:05:12 +0900 (JST)

    %s
    --4F1C2.1764000000/mx.musubi.example
    Content-Description: Undelivered Message Headers
    Content-Type: text/rfc822-headers

    Return-Path: <no-reply@musubi.example>
    From: =?UTF-8?B?5LiK5q+b5biC?= <no-reply@musubi.example>
    Message-ID:
     %s
    Subject: =?UTF-8?B?5aWR57SE5pu4?=

    --4F1C2.1764000000/mx.musubi.example--
    """
        .formatted(recipient.stripTrailing() + "\n", messageId)
        .replace("\n", "\r\n");
  }

  static byte[] bytes(String mail) {
    return mail.getBytes(StandardCharsets.UTF_8);
  }
}
