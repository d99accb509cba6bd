#pragma once

#include <QByteArrayView>

#include <memory>

namespace sockeye {

class JsonPath;

/// Reads one value out of a JSON text without making a tree of it (simdjson). Only as much is looked at as lies before
/// the value, but for UTF-8, which the whole must be. Of members of the same name the first counts. Keeps its memory
/// from text to text.
class JsonReader final
{
public:
    /// Where the value goes: one call, or none for a value that is not there, for null, and for what is no JSON.
    class Target
    {
    public:
        /// The number as it is written, for it may not fit into any of our types (DecimalNumber).
        virtual void takeNumber(QByteArrayView literal) = 0;
        virtual void takeBool(bool value) = 0;
        /// A string's characters; an array's or object's JSON text.
        virtual void takeText(QByteArrayView utf8) = 0;

    protected:
        ~Target() = default;
    };

    JsonReader();
    ~JsonReader();
    JsonReader(const JsonReader &) = delete;
    JsonReader &operator=(const JsonReader &) = delete;

    void read(QByteArrayView json, const JsonPath &path, Target &target);

private:
    class Private;
    std::unique_ptr<Private> m_d;
};

} // namespace sockeye
