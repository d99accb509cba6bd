// What people type: a URL.

#include "endpoint/InvisibleCharacters.h"
#include "endpoint/ProxyChoice.h"
#include "endpoint/UrlParser.h"
#include "endpoint/UrlText.h"
#include "fuzz/Fuzzing.h"

#include <algorithm>

using namespace sockeye;
using namespace sockeye::fuzz;

namespace {

void readUrl(const QString &text)
{
    static_cast<void>(encodingNote(text));
    static_cast<void>(cleaned(text));
    static_cast<void>(proxyFromText(text));
    require(withoutUserInfo(text).size() <= withoutPassword(text).size(), "a user goes with the password");
    const Result<WebSocketUrl> url = parseUrl(text);
    if (!url) {
        require(!url.message().isEmpty(), "a refusal has words");
        return;
    }
    const Result<WebSocketUrl> again = parseUrl(url->toString());
    require(again.ok() && again.value() == url.value(), "a URL that was read can be read again");
    const QByteArray target = url->target.bytes();
    require(target.startsWith('/') &&
                std::all_of(target.begin(), target.end(), [](char c) { return c > ' ' && c < 0x7f; }),
            "a request target has nothing that ends it");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    readUrl(QString::fromUtf8(reinterpret_cast<const char *>(data), static_cast<qsizetype>(size)));
    return 0;
}
