/** 計測の相手 EU DSS — seals and validates as its documentation says, with the parts of the run. */
@NullMarked
package jp.musubi.bench.dss;

import org.jspecify.annotations.NullMarked;
