#pragma once

#include <QString>

#include <utility>
#include <variant>

namespace sockeye {

/// Why something could not be done, in words for the person at the keyboard: what happened, to what, what to do.
struct Error
{
    QString message;

    friend bool operator==(const Error &, const Error &) = default;
};

/// The value of something that can fail for the user, or the Error. `Result<>` carries no value.
template<typename T = void>
class [[nodiscard]] Result
{
public:
    Result(T value)
        : m_state(std::in_place_index<0>, std::move(value))
    {
    }
    Result(Error error)
        : m_state(std::in_place_index<1>, std::move(error))
    {
    }

    [[nodiscard]] bool ok() const { return m_state.index() == 0; }
    explicit operator bool() const { return ok(); }

    [[nodiscard]] T &value() & { return std::get<0>(m_state); }
    [[nodiscard]] const T &value() const & { return std::get<0>(m_state); }
    [[nodiscard]] T &&value() && { return std::get<0>(std::move(m_state)); }
    [[nodiscard]] T *operator->() { return &std::get<0>(m_state); }
    [[nodiscard]] const T *operator->() const { return &std::get<0>(m_state); }

    [[nodiscard]] const Error &error() const { return std::get<1>(m_state); }
    [[nodiscard]] QString message() const { return ok() ? QString() : error().message; }

private:
    std::variant<T, Error> m_state;
};

template<>
class [[nodiscard]] Result<void>
{
public:
    Result() = default;
    Result(Error error)
        : m_error(std::move(error))
        , m_ok(false)
    {
    }

    [[nodiscard]] bool ok() const { return m_ok; }
    explicit operator bool() const { return m_ok; }

    [[nodiscard]] const Error &error() const { return m_error; }
    [[nodiscard]] QString message() const { return m_error.message; }

private:
    Error m_error;
    bool m_ok = true;
};

} // namespace sockeye
