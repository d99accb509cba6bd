// What people type or edit by hand: a profile's file, a URL.

#include "fuzz/Fuzzing.h"
#include "profiles/Profile.h"

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
    const Result<QUrl> url = parseUrl(text);
    if (!url) {
        require(!url.message().isEmpty(), "a refusal has words");
        return;
    }
    const Result<QUrl> again = parseUrl(url->toString(QUrl::FullyEncoded));
    require(again.ok() && again.value() == url.value(), "a URL that was read can be read again");
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
