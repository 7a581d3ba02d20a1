package jp.musubi.contract.web;

import java.security.SecureRandom;
import java.util.HexFormat;
import org.springframework.stereotype.Component;

/** Random keys for forms: 128 bits, as 32 hexadecimal digits. */
@Component
class FormKeys {
  private final SecureRandom random = new SecureRandom();

  String next() {
    var bytes = new byte[16];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
