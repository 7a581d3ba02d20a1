package jp.musubi.api;

import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

/** APIの仕様 (OpenAPI 3.1), for whoever writes a program; it holds nothing of any body. */
@Controller
class OpenApiController {
  /** Where it is. */
  static final String PATH = "/api/v1/openapi.json";

  @GetMapping(PATH)
  ResponseEntity<Resource> document() {
    return ResponseEntity.ok()
        .contentType(MediaType.APPLICATION_JSON)
        .body(new ClassPathResource("api/openapi.json"));
  }
}
