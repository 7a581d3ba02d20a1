package jp.musubi.platform.web;

import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

/** Pages everybody may read: how to use the service, and how usable it is. */
@Controller
class HelpController {

  @GetMapping("/help")
  String help() {
    return "web/help";
  }

  @GetMapping("/accessibility")
  String accessibility() {
    return "web/accessibility";
  }
}
