// What people type or edit by hand: a profile's file, a URL, a filter.

#include "fuzz/Fuzzing.h"
#include "log/Filter.h"
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

void readFilter(const QString &text)
{
    const std::variant<EntryQuery, FilterError> filter = parseFilter(text);
    if (const auto *error = std::get_if<FilterError>(&filter))
        require(error->position >= 0 && error->position <= text.size(), "an error is inside the text");
    else
        require(std::get<EntryQuery>(filter).where.count(u'?') == std::get<EntryQuery>(filter).values.size(),
                "each place of a query has its value");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Input input(data, size);
    const quint8 kind = input.byte();
    const QByteArray bytes = input.rest().toByteArray();
    if (kind % 3 == 0)
        readProfile(bytes);
    else if (kind % 3 == 1)
        readUrl(QString::fromUtf8(bytes));
    else
        readFilter(QString::fromUtf8(bytes));
    return 0;
}
