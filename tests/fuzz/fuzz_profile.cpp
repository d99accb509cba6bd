// A profile's file, which people edit by hand and get from others.

#include "fuzz/Fuzzing.h"
#include "profiles/Profile.h"

using namespace sockeye;
using namespace sockeye::fuzz;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const QByteArray json(reinterpret_cast<const char *>(data), static_cast<qsizetype>(size));
    const Result<Profile> profile = profileFromJson(json);
    if (!profile) {
        require(!profile.message().isEmpty(), "a refusal has words");
        return 0;
    }
    const QByteArray written = toJson(profile.value());
    const Result<Profile> again = profileFromJson(written);
    require(again.ok(), "a profile that was read can be written and read again");
    require(again.value() == profile.value(), "a profile survives being written");
    require(toJson(again.value()) == written, "and is written the same way again");
    return 0;
}
