#pragma once

namespace sockeye {

/// Makes every StatusLine readable as a text by screen readers. Calling it again does nothing.
void installStatusLineAccessible();

} // namespace sockeye
