// What people type or edit by hand: a profile's file, a URL.

#include "endpoint/InvisibleCharacters.h"
#include "endpoint/ProxyChoice.h"
#include "endpoint/UrlParser.h"
#include "endpoint/UrlText.h"
#include "fuzz/Fuzzing.h"
#include "profiles/Profile.h"

#include <algorithm>

using namespace sockeye;
using namespace sockeye::fuzz;

namespace {

void readProfile(const QByteArray &json)
{
    const Result<Profile> profile = profileFromJson(json);
    if (!profile) {
        require(!profile.message().isEmpty(), "a refusal has words");
        return;
    }
    const Result<Profile> again = profileFromJson(toJson(profile.value()));
    require(again.ok(), "a profile that was read can be written and read again");
    require(again.value() == profile.value(), "a profile survives being written");
}

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
    Input input(data, size);
    const quint8 kind = input.byte();
    const QByteArray bytes = input.rest().toByteArray();
    if (kind % 2 == 0)
        readProfile(bytes);
    else
        readUrl(QString::fromUtf8(bytes));
    return 0;
}
