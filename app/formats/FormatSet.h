#pragma once

#include "base/Job.h"
#include "decode/Decoder.h"
#include "formats/DecodeOptions.h"

#include <QStringList>

#include <map>
#include <memory>
#include <mutex>
#include <vector>

namespace sockeye {

class ProtobufSchema;

/// A format for a payload, and how well it fits; null for none. Bytes that random noise may be, a lone scalar and a
/// lone string are none.
struct FormatChoice
{
    const Decoder *format = nullptr;
    Certainty certainty = Certainty::None;
    /// A rule of the user says so.
    bool isRule = false;
};

/// The formats that a connection's messages are read as: those that are known, what its options add to them, and its
/// rules. Never changes and is used by any thread; decoders that it gives live as long as it does.
class FormatSet final : public std::enable_shared_from_this<FormatSet>
{
public:
    /// A rule names it for messages that are to be read as what fits them, whatever the rules behind it say.
    static constexpr QStringView ByContent = u"auto";

    /// That of a connection without options.
    [[nodiscard]] static const std::shared_ptr<const FormatSet> &standard();
    /// Takes as long as its schemas take to be read and its structs to be understood: for a background job if there are
    /// any. The schemas of a former set are taken over if they are the same.
    [[nodiscard]] static std::shared_ptr<const FormatSet>
    make(const DecodeOptions &options, const CancelToken &token = {}, const FormatSet *former = nullptr);

    ~FormatSet();
    FormatSet(const FormatSet &) = delete;
    FormatSet &operator=(const FormatSet &) = delete;

    [[nodiscard]] const DecodeOptions &options() const { return m_options; }
    /// What in the options cannot be used, and why.
    [[nodiscard]] const QStringList &problems() const { return m_problems; }
    /// Formats that the options add and that are few enough to be listed: structs.
    [[nodiscard]] const std::vector<const Decoder *> &added() const { return m_added; }
    /// Of the structs that the options describe, in their order; empty for one that is not understood.
    [[nodiscard]] const QStringList &structNames() const { return m_structNames; }
    /// Of the schemas, null if there are none; a type is named as "protobuf:shop.v1.Order".
    [[nodiscard]] const std::shared_ptr<const ProtobufSchema> &schema() const { return m_schema; }

    /// The ids of all that rules can name, in their order.
    [[nodiscard]] QStringList ids() const;

    /// The format with this id: of the list of all (formats()), one that the options add, a part ("slice 4 -2"), or a
    /// chain of them ("slice 4 > gzip > msgpack"); of the options also "struct:NAME" and "protobuf:TYPE". Null if there
    /// is none.
    [[nodiscard]] const Decoder *find(QStringView id) const;
    /// What the rules say of it, else the format that fits best.
    [[nodiscard]] FormatChoice choose(const DecodeInput &input) const;
    /// The format by which the rules have messages followed: of the first rule whose format, or a chain's first one,
    /// depends on earlier messages (Decoder::isFollowed()). Null if there is none: the connection tells.
    [[nodiscard]] const Decoder *follower() const { return m_follower; }
    /// Of what messages that go in this direction carry, under a topic or none.
    [[nodiscard]] FormatChoice chooseInner(const DecodeInput &input, Direction direction, const QString &topic) const;

private:
    FormatSet(DecodeOptions options, const CancelToken &token, const FormatSet *former);

    struct Rule
    {
        DecodeRule rule;
        const Decoder *format = nullptr;
    };

    [[nodiscard]] const Decoder *findPart(QStringView id) const;
    [[nodiscard]] const Decoder *keep(std::unique_ptr<const Decoder> format) const;
    [[nodiscard]] FormatChoice chooseByContent(const DecodeInput &input) const;
    void loadSchemas(const CancelToken &token);
    void addStructs();
    void addRules();
    void findFollower();

    DecodeOptions m_options;
    QStringList m_problems;
    QStringList m_ruleProblems;
    QStringList m_structProblems;
    QStringList m_schemaProblems;
    QStringList m_structNames;
    std::shared_ptr<const ProtobufSchema> m_schema;
    std::vector<const Decoder *> m_added;
    std::vector<Rule> m_rules;
    std::vector<Rule> m_topicRules;
    const Decoder *m_follower = nullptr;
    mutable std::mutex m_mutex;
    /// Guarded by the mutex: those that were asked for.
    mutable std::map<QString, std::unique_ptr<const Decoder>> m_made;
};

} // namespace sockeye
